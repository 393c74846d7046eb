using System.Runtime.InteropServices;

namespace Nudge.Actors;

/// <summary>States as bytes, which may cross from actor to actor.</summary>
internal static class StateBytes
{
    // Slices are saved one after the other: one buffer serves them all, and a pool would keep one for each power of two.
    private static byte[]? _spare;

    internal static byte[] Of(Action<BinaryWriter> save)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(LengthOf(save));
        using var stream = new MemoryStream(bytes);
        Write(stream, save);
        return bytes;
    }

    /// <summary>The same in a buffer that is used again once it was given back.</summary>
    internal static ReadOnlyMemory<byte> Rent(Action<BinaryWriter> save)
    {
        int length = LengthOf(save);
        byte[]? bytes = Interlocked.Exchange(ref _spare, null);
        if (bytes is null || bytes.Length < length)
            bytes = GC.AllocateUninitializedArray<byte>(length);
        using var stream = new MemoryStream(bytes);
        Write(stream, save);
        return bytes.AsMemory(0, length);
    }

    /// <summary>Gives a rented buffer back; nobody may read it any more.</summary>
    internal static void GiveBack(ReadOnlyMemory<byte> rented)
    {
        if (!MemoryMarshal.TryGetArray(rented, out ArraySegment<byte> bytes) || bytes.Count == 0)
            return;
        byte[]? other = Interlocked.Exchange(ref _spare, bytes.Array);
        if (other?.Length > bytes.Array!.Length)
            Volatile.Write(ref _spare, other);
    }

    internal static void Restore(ReadOnlyMemory<byte> state, Action<BinaryReader> restore)
    {
        using Stream stream = MemoryMarshal.TryGetArray(state, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(state.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        restore(reader);
    }

    // A state may be most of what a node holds: its length is found first, so that there is one copy and no second.
    private static int LengthOf(Action<BinaryWriter> save)
    {
        using var length = new LengthStream();
        Write(length, save);
        return checked((int)length.Length);
    }

    private static void Write(Stream stream, Action<BinaryWriter> save)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        save(writer);
    }
}
