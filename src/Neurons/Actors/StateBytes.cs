namespace Nudge.Actors;

/// <summary>States as bytes, which may cross from actor to actor.</summary>
internal static class StateBytes
{
    internal static byte[] Of(Action<BinaryWriter> save)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            save(writer);
        return bytes.ToArray();
    }

    internal static void Restore(byte[] state, Action<BinaryReader> restore)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        restore(reader);
    }
}
