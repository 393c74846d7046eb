using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Which sources have sent since a slice's last step. One that receives from the slice answers, by activity or by
/// reporting that it rests, so it is waited for after each message; one that receives nothing from it sends only when
/// asked.
/// </summary>
internal sealed class SourceReadiness
{
    private readonly Dictionary<int, int> _places = [];
    private readonly bool[] _onDemand;
    private readonly bool[] _resting;
    private readonly int[] _messages;
    private readonly bool[] _unreachable;
    private readonly int _stride;
    private int _needed = 1;
    private int _missing;
    private int _received;

    /// <param name="network">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="stride">Messages that a source which receives from the slice sends in a round.</param>
    internal SourceReadiness(NetworkPlan network, SlicePlan slice, int stride)
    {
        _stride = stride;
        HashSet<int> targetSlices = [.. network.Links.Where(link => link.Source == slice).Select(link => link.Target.Index)];
        foreach (LinkPlan link in network.Links.Where(link => link.Target == slice))
            _places.TryAdd(link.Source.Index, _places.Count);
        _onDemand = new bool[_places.Count];
        foreach ((int source, int place) in _places)
            _onDemand[place] = !targetSlices.Contains(source);
        _resting = new bool[_places.Count];
        _messages = new int[_places.Count];
        _unreachable = new bool[_places.Count];
        _received = _places.Count;
        Array.Fill(_resting, true);
    }

    /// <summary>Whether no source is waited for. Where no source is reachable, there is no pace to keep.</summary>
    internal bool AllReported => _missing <= 0 && (_received > 0 || _places.Count == 0);

    /// <summary>Whether a source that receives from the slice has sent: it waits for an answer.</summary>
    internal bool PeerReported { get; private set; }

    internal void Reported(int source)
    {
        if (!_places.TryGetValue(source, out int place))
            return;
        bool missed = IsMissed(place);
        if (_unreachable[place])
            _received++;
        _unreachable[place] = false;
        _messages[place]++;
        _resting[place] = false;
        _missing += (IsMissed(place) ? 1 : 0) - (missed ? 1 : 0);
        PeerReported |= !_onDemand[place];
    }

    internal void Rests(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _onDemand[place])
            return;
        if (IsMissed(place))
            _missing--;
        if (_unreachable[place])
            _received++;
        _unreachable[place] = false;
        _resting[place] = true;
    }

    /// <summary>A source is unreachable; it is not waited for until it sends.</summary>
    internal void BecomesUnreachable(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _unreachable[place])
            return;
        if (IsMissed(place))
            _missing--;
        _unreachable[place] = true;
        _received--;
    }

    /// <summary>Forgets which sources have sent.</summary>
    /// <param name="sends">Whether the slice sends now, so that all its sources will answer.</param>
    internal void BeginRound(bool sends)
    {
        _missing = 0;
        // What rests continues at the first message.
        _needed = sends ? _stride : 1;
        PeerReported = false;
        for (int place = 0; place < _messages.Length; place++)
        {
            _messages[place] = 0;
            if (sends)
                _resting[place] = false;
            else if (_onDemand[place])
                _resting[place] = true;
            if (IsMissed(place))
                _missing++;
        }
    }

    // One that is asked answers once, however often it was asked.
    private bool IsMissed(int place) =>
        !_unreachable[place] && !_resting[place] && _messages[place] < (_onDemand[place] ? 1 : _needed);
}
