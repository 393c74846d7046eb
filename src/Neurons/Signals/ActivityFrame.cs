using System.Runtime.InteropServices;

namespace Nudge.Signals;

/// <summary>
/// The values of one activity message, shared by all its copies and never changed while it has a holder. A frame from a
/// pool returns there when its last holder releases it; one without a pool is left to the garbage collector.
/// </summary>
public sealed class ActivityFrame
{
    private readonly float[]? _own;
    private readonly ReadOnlyMemory<byte> _received;
    private readonly FramePool? _pool;
    private long[]? _carried;
    private int _holders;

    internal ActivityFrame(float[] values, FramePool? pool)
    {
        _own = values;
        _pool = pool;
    }

    private ActivityFrame(ReadOnlyMemory<byte> received) => _received = received;

    /// <summary>lanes × units, lane by lane.</summary>
    public ReadOnlySpan<float> Values => _own ?? MemoryMarshal.Cast<byte, float>(_received.Span);

    /// <summary>The values of a frame that this process made, to be filled before it has a holder.</summary>
    internal Span<float> Writable => _own;

    /// <summary>
    /// Which values the frame carries, a bit each, 64 to a word; empty for all of them. A value that is not carried stays at
    /// the receiver as it was.
    /// </summary>
    internal ReadOnlySpan<long> Carried => _carried;

    /// <summary>Makes a frame that no pool owns.</summary>
    /// <param name="values">lanes × units, lane by lane.</param>
    public static ActivityFrame Of(float[] values) => new(values, null);

    /// <summary>Makes a frame of what came from another process, without a copy of it.</summary>
    /// <param name="bytes">Little-endian float32 values at any alignment, which must not change from now on.</param>
    public static ActivityFrame Received(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>Words that say of every value whether it is carried.</summary>
    internal static int WordsOf(int values) => (values + 63) / 64;

    /// <summary>Whether the frame carries a value.</summary>
    internal bool Carries(int index) => _carried is null || ((_carried[index >> 6] >> (index & 63)) & 1) != 0;

    /// <summary>Says which values the frame carries, before it has a holder.</summary>
    /// <param name="carried">A bit for each value.</param>
    internal void Carry(ReadOnlySpan<long> carried)
    {
        _carried ??= new long[carried.Length];
        carried.CopyTo(_carried);
    }

    /// <summary>Adds a holder.</summary>
    public void Hold()
    {
        if (_pool is not null)
            _holders++;
    }

    /// <summary>Removes a holder.</summary>
    public void Release()
    {
        if (_pool is not null && --_holders == 0)
            _pool.Return(this);
    }
}
