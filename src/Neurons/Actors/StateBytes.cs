using System.Runtime.InteropServices;

namespace Nudge.Actors;

/// <summary>States as bytes, which may cross from actor to actor.</summary>
internal static class StateBytes
{
    internal static byte[] Of(Action<BinaryWriter> save)
    {
        // A state may be most of what a node holds: its length is found first, so that there is one copy and no second.
        using var length = new LengthStream();
        Write(length, save);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)length.Length));
        using var stream = new MemoryStream(bytes);
        Write(stream, save);
        return bytes;
    }

    internal static void Restore(ReadOnlyMemory<byte> state, Action<BinaryReader> restore)
    {
        using Stream stream = MemoryMarshal.TryGetArray(state, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(state.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        restore(reader);
    }

    private static void Write(Stream stream, Action<BinaryWriter> save)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        save(writer);
    }
}
