using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// How far a slice may run ahead of its neighbours. It may step while its time is at most <c>engine.lag</c> ahead of the oldest
/// time that it has received from its neighbours: those that send to it or receive from it. It does not wait for a neighbour that
/// is unreachable, and for one that rests only until that one has answered activity, which may wake it. Times are sums of local
/// intervals and travel with every message, so there is no clock that all share. A slice that has rested continues at the newest
/// time of its neighbours, because nothing would have changed in the steps that it left out. So the slice that is furthest
/// behind may always step, and no two wait for each other.
/// </summary>
internal sealed class LagBound
{
    // Sums of intervals may miss a whole number of steps by rounding.
    private const double Tolerance = 1e-6;
    private readonly Dictionary<int, int> _places = [];
    private readonly long[] _times;
    private readonly bool[] _awake;
    private readonly bool[] _isTarget;
    private readonly bool[] _mayWake;
    private readonly bool[] _unreachable;
    private readonly bool[] _missing;
    private readonly double _step;
    private readonly long _lag;
    private readonly int _sources;
    private long _oldest;
    private int _atOldest;
    private int _missingCount;
    private int _reachableSources;
    private int _reachable;
    private double _newest;
    private double _sentAt;

    /// <param name="network">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="lag">How far it may run ahead, in τ; at least one step.</param>
    /// <param name="fromStart">
    /// Whether the slice begins together with its neighbours. One that begins later takes its time from theirs, and none waits
    /// for it until it has received the time of each of them that is reachable.
    /// </param>
    internal LagBound(NetworkPlan network, SlicePlan slice, double lag, bool fromStart)
    {
        _step = network.Settings.Time.Step;
        _lag = Math.Max(1, (long)Math.Round(lag / _step));
        // Sources first.
        foreach (LinkPlan link in network.LinksTo(slice))
            _places.TryAdd(link.Source.Index, _places.Count);
        _sources = _places.Count;
        foreach (LinkPlan link in network.LinksFrom(slice))
            _places.TryAdd(link.Target.Index, _places.Count);
        int count = _places.Count;
        _isTarget = new bool[count];
        foreach (LinkPlan link in network.LinksFrom(slice))
            _isTarget[_places[link.Target.Index]] = true;
        _mayWake = new bool[count];
        _times = new long[count];
        _awake = new bool[count];
        _unreachable = new bool[count];
        _missing = new bool[count];
        _reachableSources = _sources;
        _reachable = count;
        Array.Fill(_awake, fromStart);
        Array.Fill(_missing, !fromStart);
        _missingCount = fromStart ? 0 : count;
        FindOldest();
    }

    /// <summary>How far it may run ahead, in steps.</summary>
    internal long Steps => _lag;

    /// <summary>The slice's own time, in τ.</summary>
    internal double Time { get; private set; }

    /// <summary>The newest time that it has received from its neighbours, in τ.</summary>
    internal double Newest => _newest;

    /// <summary>How far it is ahead of the neighbour that it would wait for, in τ; 0 where it is not, and where there is none.</summary>
    internal double Ahead => _oldest == long.MaxValue ? 0 : Math.Max(0, (StepsIn(Time) - _oldest) * _step);

    /// <summary>Whether others may wait for it: it has received the time of all its neighbours, or cannot reach them.</summary>
    internal bool IsKnown => _missingCount == 0;

    /// <summary>Whether a source can be reached or, for a slice without sources, a target: otherwise a step would have no use.</summary>
    internal bool MayAnswer => _sources > 0 ? _reachableSources > 0 : _reachable > 0 || _times.Length == 0;

    /// <summary>Whether it may step by itself now. At rest it may step for every message that arrives.</summary>
    internal bool MayStep =>
        MayAnswer && (_oldest == long.MaxValue || StepsIn(Time) + 1 <= _oldest + _lag);

    /// <summary>A neighbour has sent its time.</summary>
    /// <param name="slice">The neighbour.</param>
    /// <param name="time">Its time, in τ.</param>
    /// <param name="awake">Whether it continues by itself.</param>
    internal void Receive(int slice, double time, bool awake)
    {
        if (!_places.TryGetValue(slice, out int place))
            return;
        bool held = Holds(place);
        long before = _times[place];
        if (_unreachable[place])
        {
            _unreachable[place] = false;
            _reachable++;
            _reachableSources += place < _sources ? 1 : 0;
            _missingCount += _missing[place] ? 1 : 0;
        }

        _awake[place] = awake;
        // An answer from before it had received what was sent last.
        _mayWake[place] &= !awake && StepsIn(time) < StepsIn(_sentAt);
        _times[place] = _mayWake[place] ? Math.Max(before, StepsIn(time)) : StepsIn(time);
        _newest = Math.Max(_newest, time);
        if (_missing[place])
        {
            _missing[place] = false;
            _missingCount--;
            Time = Math.Max(Time, _newest);
        }

        Changed(place, held, before);
    }

    /// <summary>A neighbour is unreachable: it is not waited for until it sends.</summary>
    internal void BecomesUnreachable(int slice)
    {
        if (!_places.TryGetValue(slice, out int place) || _unreachable[place])
            return;
        bool held = Holds(place);
        _unreachable[place] = true;
        _reachable--;
        _reachableSources -= place < _sources ? 1 : 0;
        _missingCount -= _missing[place] ? 1 : 0;
        Changed(place, held, _times[place]);
    }

    /// <summary>The slice has sent activity: those that rest may wake of it, and have rested until now.</summary>
    internal void HasSent()
    {
        _sentAt = Time;
        bool changed = false;
        for (int place = 0; place < _times.Length; place++)
        {
            if (!_isTarget[place] || _awake[place] || _mayWake[place])
                continue;
            _mayWake[place] = true;
            _times[place] = Math.Max(_times[place], StepsIn(Time) - 1);
            changed = true;
        }

        if (changed)
            FindOldest();
    }

    /// <summary>The slice continues after a rest.</summary>
    internal void CatchUp() => Time = Math.Max(Time, _newest);

    /// <summary>The slice has stepped, and continues by itself.</summary>
    /// <param name="elapsed">The step's length on its own clock, in τ.</param>
    internal void Advance(double elapsed) => Time += elapsed;

    private bool Holds(int place) => (_awake[place] || _mayWake[place]) && !_unreachable[place];

    private long StepsIn(double time) => (long)Math.Floor((time / _step) + Tolerance);

    // Neighbours at about the same time leave it one by one, so that they are looked through about once a step.
    private void Changed(int place, bool held, long before)
    {
        bool holds = Holds(place);
        if (held && before == _oldest && (!holds || _times[place] != before) && --_atOldest == 0)
            FindOldest();
        else if (holds && _times[place] < _oldest)
            (_oldest, _atOldest) = (_times[place], 1);
        else if (holds && _times[place] == _oldest && !(held && before == _oldest))
            _atOldest++;
    }

    private void FindOldest()
    {
        (_oldest, _atOldest) = (long.MaxValue, 0);
        for (int place = 0; place < _times.Length; place++)
        {
            if (!Holds(place) || _times[place] > _oldest)
                continue;
            _atOldest = _times[place] < _oldest ? 1 : _atOldest + 1;
            _oldest = _times[place];
        }
    }
}
