namespace Nudge.Cluster.Tests.Checkpoints;

/// <summary>A file on a disk that has room for so many bytes and no more.</summary>
internal sealed class FullDisk(string path, long room) : FileStream(path, FileMode.Create)
{
    private long _room = room;

    public override void Write(byte[] buffer, int offset, int count)
    {
        int fits = (int)Math.Min(count, _room);
        base.Write(buffer, offset, fits);
        _room -= fits;
        if (fits < count)
            throw new IOException("No space left on device");
    }

    // FileStream itself would hand a span of a derived class back to the overload above, one call too deep.
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);
}
