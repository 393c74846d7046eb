namespace Nudge.Signals;

/// <summary>
/// The values of one activity message, shared by all its copies and never changed while anybody holds it. A frame from a
/// pool returns there when its last holder lets go; one without a pool is left to the garbage collector.
/// </summary>
public sealed class ActivityFrame
{
    private readonly FramePool? _pool;
    private int _holders;

    internal ActivityFrame(float[] values, FramePool? pool)
    {
        Values = values;
        _pool = pool;
    }

    /// <summary>Makes a frame that no pool owns.</summary>
    /// <param name="values">lanes × units, lane by lane.</param>
    public static ActivityFrame Of(float[] values) => new(values, null);

    /// <summary>lanes × units, lane by lane.</summary>
    public float[] Values { get; }

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
