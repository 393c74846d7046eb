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

    /// <summary>Makes a frame that no pool owns.</summary>
    /// <param name="values">lanes × units, lane by lane.</param>
    public static ActivityFrame Of(float[] values) => new(values, null);

    /// <summary>Makes a frame of what came from another process, without a copy of it.</summary>
    /// <param name="bytes">Little-endian float32 values at any alignment, which must not change from now on.</param>
    public static ActivityFrame Received(ReadOnlyMemory<byte> bytes) => new(bytes);

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
