namespace Nudge.State;

/// <summary>Whole states in streams: a header that names what it is the state of, then the root section.</summary>
public static class StateRoot
{
    /// <summary>Saves an object in one pass, from the position of the stream on.</summary>
    /// <param name="stream">Written to; it need not be able to seek.</param>
    /// <param name="subject">What this is the state of, at most 255 bytes; the same when it is restored.</param>
    /// <param name="root">The object.</param>
    public static void Save(Stream stream, string subject, IStateful root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Save(stream, subject, root.Describe);
    }

    /// <summary>Saves what a method describes.</summary>
    /// <param name="stream">Written to; it need not be able to seek.</param>
    /// <param name="subject">What this is the state of, at most 255 bytes; the same when it is restored.</param>
    /// <param name="describe">Describes the root section.</param>
    public static void Save(Stream stream, string subject, Action<StateSection> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        StateSection state = BeginSave(stream, subject);
        describe(state);
        state.Close();
    }

    /// <summary>Saves what a method describes that has to wait for parts of it.</summary>
    /// <param name="stream">Written to; it need not be able to seek.</param>
    /// <param name="subject">What this is the state of, at most 255 bytes; the same when it is restored.</param>
    /// <param name="describe">Describes the root section.</param>
    public static async Task SaveAsync(Stream stream, string subject, Func<StateSection, Task> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        StateSection state = BeginSave(stream, subject);
        await describe(state);
        state.Close();
    }

    /// <summary>Restores an object and leaves the stream right after the state.</summary>
    /// <param name="stream">Read from; it need not be able to seek.</param>
    /// <param name="subject">What this must be the state of.</param>
    /// <param name="root">The object; restored in part if this throws.</param>
    /// <exception cref="InvalidDataException">
    /// The state is torn, damaged, of another version or of something else; one line that states where and why.
    /// </exception>
    public static void Restore(Stream stream, string subject, IStateful root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Restore(stream, subject, root.Describe);
    }

    /// <summary>Restores what a method describes.</summary>
    /// <param name="stream">Read from; it need not be able to seek.</param>
    /// <param name="subject">What this must be the state of.</param>
    /// <param name="describe">Describes the root section.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Restore(Stream, string, IStateful)"/>.</exception>
    public static void Restore(Stream stream, string subject, Action<StateSection> describe)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(describe);
        StateFormat.ReadHeader(stream, subject);
        RestoreContent(stream, describe);
    }

    private static StateSection BeginSave(Stream stream, string subject)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StateFormat.WriteHeader(stream, subject);
        return StateSection.ToSave(stream);
    }

    private static void RestoreContent(Stream stream, Action<StateSection> describe)
    {
        var state = StateSection.ToRestore(stream);
        try
        {
            describe(state);
            state.Close();
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // The checks of a class see damaged values as arguments of its own program.
            string reason = error.Message.ReplaceLineEndings(" ");
            throw new InvalidDataException(state.Fault($"cannot be restored: {reason}").Message, error);
        }
    }
}
