using Nudge.Networks;

namespace Nudge.Actors;

/// <summary>
/// Which sources have spoken since a slice's last step. One that hears the slice answers what it hears, by activity or by
/// saying that it rests, so it is waited for after each word; one that hears nothing of it speaks only when asked.
/// </summary>
internal sealed class SourceRoll
{
    private readonly Dictionary<int, int> _places = [];
    private readonly bool[] _onDemand;
    private readonly bool[] _resting;
    private readonly bool[] _spoken;
    private int _missing;

    internal SourceRoll(NetworkPlan network, SlicePlan slice)
    {
        HashSet<int> hearers = [.. network.Links.Where(link => link.Source == slice).Select(link => link.Target.Index)];
        foreach (LinkPlan link in network.Links.Where(link => link.Target == slice))
            _places.TryAdd(link.Source.Index, _places.Count);
        _onDemand = new bool[_places.Count];
        foreach ((int source, int place) in _places)
            _onDemand[place] = !hearers.Contains(source);
        _resting = new bool[_places.Count];
        _spoken = new bool[_places.Count];
        Array.Fill(_resting, true);
    }

    internal bool AllSpoke => _missing <= 0;

    /// <summary>Whether a source that hears the slice has spoken: it waits for an answer.</summary>
    internal bool PeerSpoke { get; private set; }

    internal void Spoke(int source)
    {
        if (!_places.TryGetValue(source, out int place))
            return;
        if (!_spoken[place] && !_resting[place])
            _missing--;
        _spoken[place] = true;
        _resting[place] = false;
        PeerSpoke |= !_onDemand[place];
    }

    internal void Rests(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _onDemand[place])
            return;
        if (!_spoken[place] && !_resting[place])
            _missing--;
        _resting[place] = true;
    }

    /// <summary>Forgets who spoke.</summary>
    /// <param name="speaks">Whether the slice speaks now, so that all its sources will answer.</param>
    internal void BeginRound(bool speaks)
    {
        _missing = 0;
        PeerSpoke = false;
        for (int place = 0; place < _spoken.Length; place++)
        {
            _spoken[place] = false;
            if (speaks)
                _resting[place] = false;
            else if (_onDemand[place])
                _resting[place] = true;
            if (!_resting[place])
                _missing++;
        }
    }
}
