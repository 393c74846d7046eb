using System.Buffers;

namespace Nudge.Wire;

/// <summary>Takes the bytes of one message. A long block at its end is written where it stays, and not copied again.</summary>
internal sealed class FrameWriter : IBufferWriter<byte>
{
    private const int HeadLength = 256;
    private const int LongBlock = 512;

    private readonly byte[] _head = new byte[HeadLength];
    private byte[] _bytes;
    private int _written;

    internal FrameWriter() => _bytes = _head;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    /// <summary>Gives the message, and is ready for the next.</summary>
    internal byte[] Take()
    {
        byte[] taken = _bytes;
        if (taken == _head || taken.Length != _written)
        {
            taken = GC.AllocateUninitializedArray<byte>(_written);
            _bytes.AsSpan(0, _written).CopyTo(taken);
        }

        Clear();
        return taken;
    }

    /// <summary>Forgets a message that was not finished.</summary>
    internal void Clear()
    {
        _bytes = _head;
        _written = 0;
    }

    private void Reserve(int sizeHint)
    {
        int needed = _written + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
            return;
        // What comes last in long messages is their values: then this is all that the message needs.
        int length = sizeHint >= LongBlock ? needed : Math.Max(needed, 2 * _bytes.Length);
        byte[] longer = GC.AllocateUninitializedArray<byte>(length);
        _bytes.AsSpan(0, _written).CopyTo(longer);
        _bytes = longer;
    }
}
