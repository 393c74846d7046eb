using System.Runtime.InteropServices;

namespace Nudge.State;

/// <summary>States as bytes, which may go from actor to actor. Each begins with the header of its root.</summary>
internal static class StateBytes
{
    // Slices are saved one after the other: one buffer serves all, and a pool would keep one for each power of two.
    private static byte[]? _spare;

    // Counters have more digits from save to save: a buffer that is a few bytes too short would be replaced, and stay as garbage for long.
    private const int LeastRoom = 4096;
    private const int RoomShare = 256;

    /// <summary>How many bytes a state has, without making them.</summary>
    /// <param name="subject">What it is the state of.</param>
    /// <param name="root">The object.</param>
    internal static int LengthOf(string subject, IStateful root)
    {
        // A state may be most of what a node holds: where its length is found first, there is one copy and no second.
        using var length = new LengthStream();
        StateRoot.Save(length, subject, root);
        return checked((int)length.Length);
    }

    /// <summary>The state in an array of its own.</summary>
    /// <param name="subject">What it is the state of.</param>
    /// <param name="root">The object.</param>
    internal static byte[] Of(string subject, IStateful root)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(LengthOf(subject, root));
        Write(bytes, subject, root);
        return bytes;
    }

    /// <summary>The same in a buffer that is used again after <see cref="GiveBack"/>.</summary>
    internal static ReadOnlyMemory<byte> Rent(string subject, IStateful root)
    {
        int length = LengthOf(subject, root);
        byte[]? bytes = Interlocked.Exchange(ref _spare, null);
        if (bytes is null || bytes.Length < length)
            bytes = GC.AllocateUninitializedArray<byte>(checked(length + Math.Max(LeastRoom, length / RoomShare)));
        Write(bytes, subject, root);
        return bytes.AsMemory(0, length);
    }

    /// <summary>Gives a rented buffer back, which must not be read any more.</summary>
    internal static void GiveBack(ReadOnlyMemory<byte> rented)
    {
        if (!MemoryMarshal.TryGetArray(rented, out ArraySegment<byte> bytes) || bytes.Count == 0)
            return;
        byte[]? other = Interlocked.Exchange(ref _spare, bytes.Array);
        if (other?.Length > bytes.Array!.Length)
            Volatile.Write(ref _spare, other);
    }

    /// <summary>Restores an object from bytes that hold its state and nothing else.</summary>
    /// <exception cref="InvalidDataException">They hold something else; one line that states where and why.</exception>
    internal static void Restore(ReadOnlyMemory<byte> state, string subject, IStateful root)
    {
        using Stream stream = MemoryMarshal.TryGetArray(state, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(state.ToArray(), writable: false);
        StateRoot.Restore(stream, subject, root);
        long rest = stream.Length - stream.Position;
        if (rest > 0)
            throw new InvalidDataException($"The state of {subject} is followed by {rest} bytes more.");
    }

    private static void Write(byte[] bytes, string subject, IStateful root)
    {
        using var stream = new MemoryStream(bytes);
        StateRoot.Save(stream, subject, root);
    }
}
