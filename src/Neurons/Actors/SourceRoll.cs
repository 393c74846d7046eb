using Nudge.Networks;

namespace Nudge.Actors;

/// <summary>
/// Which sources have spoken since a slice's last step. Those that rest are not waited for. A source that hears nothing of
/// the slice speaks only when asked, so it is waited for only then.
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

    internal void Spoke(int source)
    {
        if (!_places.TryGetValue(source, out int place))
            return;
        if (!_spoken[place] && !_resting[place])
            _missing--;
        _spoken[place] = true;
        _resting[place] = false;
    }

    internal void Rests(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _onDemand[place])
            return;
        if (!_spoken[place] && !_resting[place])
            _missing--;
        _resting[place] = true;
    }

    /// <summary>Forgets who spoke; <paramref name="asks"/> tells whether sources on demand are asked for news.</summary>
    internal void BeginRound(bool asks)
    {
        _missing = 0;
        for (int place = 0; place < _spoken.Length; place++)
        {
            _spoken[place] = false;
            if (_onDemand[place])
                _resting[place] = !asks;
            if (!_resting[place])
                _missing++;
        }
    }
}
