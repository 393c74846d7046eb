namespace Nudge.Signals;

/// <summary>Frames of one length for one thread, so that a message in virtual time allocates nothing.</summary>
/// <param name="length">Values per frame.</param>
public sealed class FramePool(int length)
{
    private readonly Stack<ActivityFrame> _free = new();

    /// <summary>A frame without a holder; its values are left from earlier use.</summary>
    public ActivityFrame Take() => _free.TryPop(out ActivityFrame? frame) ? frame : new(new float[length], this);

    internal void Return(ActivityFrame frame) => _free.Push(frame);
}
