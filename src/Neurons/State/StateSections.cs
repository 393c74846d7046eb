namespace Nudge.State;

/// <summary>Sections within a section.</summary>
public static class StateSections
{
    /// <summary>Describes an object in a section of its own.</summary>
    public static void Section(this StateSection state, int tag, string name, IStateful child)
    {
        ArgumentNullException.ThrowIfNull(child);
        state.Section(tag, name, child.Describe);
    }

    /// <summary>Describes a value type in a section of its own.</summary>
    public static void Section<T>(this StateSection state, int tag, string name, ref T child)
        where T : struct, IStateful
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Enter(tag, name);
        child.Describe(state);
        state.Leave();
    }

    /// <summary>Describes something in a section of its own.</summary>
    public static void Section(this StateSection state, int tag, string name, Action<StateSection> describe)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(describe);
        state.Enter(tag, name);
        describe(state);
        state.Leave();
    }

    /// <summary>Saves a section whose items have to be waited for. It is restored with another overload.</summary>
    public static async Task SaveSectionAsync(
        this StateSection state, int tag, string name, Func<StateSection, Task> describe)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(describe);
        state.Enter(tag, name);
        await describe(state);
        state.Leave();
    }
}
