namespace Nudge.Transport;

/// <summary>
/// How many frames are read from one connection: so many at a time, so that others have their turn and what was read is worked off
/// before more is, and so many a second. What comes beyond stays where it is, and in the end makes its sender wait. Only the loop's thread uses it.
/// </summary>
/// <param name="perSecond">Frames a second.</param>
/// <param name="time">The clock.</param>
/// <param name="usedUp">Called each time that the share of a hundredth of a second is used up.</param>
internal sealed class FrameLimit(int perSecond, TimeProvider time, Action usedUp)
{
    /// <summary>Frames that are read in one turn. A mailbox works off at least as many before the loop comes back to its sockets.</summary>
    internal const int MostInTurn = 512;

    /// <summary>Bytes that are read in one turn, beside one frame of any length.</summary>
    internal const int MostBytesInTurn = 1 << 20;

    private static readonly TimeSpan LeastWindow = TimeSpan.FromMilliseconds(10);

    // Of a window nothing is left over for the next one.
    private readonly TimeSpan _window = TimeSpan.FromSeconds(Math.Max(LeastWindow.TotalSeconds, 1.0 / perSecond));
    private readonly long _most = Math.Max(1, (long)(perSecond * LeastWindow.TotalSeconds));
    private bool _hasBegun;
    private long _begun;
    private long _left;
    private int _frames;
    private int _bytes;

    /// <summary>How long nothing is read; zero where it may be.</summary>
    internal TimeSpan HeldFor
    {
        get
        {
            if (_left > 0 || !_hasBegun)
                return TimeSpan.Zero;
            TimeSpan rest = _window - time.GetElapsedTime(_begun);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Begins a turn.</summary>
    /// <returns>Whether anything may be read in it.</returns>
    internal bool Begin()
    {
        if (!_hasBegun || time.GetElapsedTime(_begun) >= _window)
            (_hasBegun, _begun, _left) = (true, time.GetTimestamp(), _most);
        (_frames, _bytes) = ((int)Math.Min(MostInTurn, _left), MostBytesInTurn);
        return _frames > 0;
    }

    /// <summary>Counts a frame that was read.</summary>
    /// <returns>Whether another one may be read in this turn.</returns>
    internal bool Take(int bytes)
    {
        _left--;
        _frames--;
        _bytes -= bytes;
        if (_left == 0)
            usedUp();
        return _frames > 0 && _bytes > 0;
    }
}
