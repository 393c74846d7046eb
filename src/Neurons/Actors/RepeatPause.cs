namespace Nudge.Actors;

/// <summary>
/// When one that waits repeats what it sent, counted in keep-alives. While nothing goes on, each repeat comes after twice as
/// long as the one before; where steps themselves take longer than that, repeats would only slow them down, so what has
/// gone on shortens the pause by little at a time.
/// </summary>
internal sealed class RepeatPause
{
    /// <summary>Keep-alives that the longest pause lasts.</summary>
    internal const int Longest = 64;

    private int _pause = 1;
    private int _waited;
    private bool _wentOn;

    /// <summary>Something has gone on since the last keep-alive.</summary>
    internal void GoOn() => _wentOn = true;

    /// <summary>What was sent may have been lost for a known reason: the next repeat comes soon.</summary>
    internal void Shorten() => (_pause, _waited) = (1, 0);

    /// <summary>A keep-alive has come; tells whether to repeat now.</summary>
    internal bool IsOver()
    {
        if (_wentOn)
        {
            _wentOn = false;
            _waited = 0;
            _pause = Math.Max(1, _pause - 1);
            return false;
        }

        if (++_waited < _pause)
            return false;
        _waited = 0;
        _pause = Math.Min(2 * _pause, Longest);
        return true;
    }
}
