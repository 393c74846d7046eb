using Nudge.Networks;
using Nudge.Topology;

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
    private readonly int[] _words;
    private readonly bool[] _silent;
    private readonly int _stride;
    private int _needed = 1;
    private int _missing;
    private int _heard;

    /// <param name="network">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="stride">Words that a source which hears the slice says in a round.</param>
    internal SourceRoll(NetworkPlan network, SlicePlan slice, int stride)
    {
        _stride = stride;
        HashSet<int> hearers = [.. network.Links.Where(link => link.Source == slice).Select(link => link.Target.Index)];
        foreach (LinkPlan link in network.Links.Where(link => link.Target == slice))
            _places.TryAdd(link.Source.Index, _places.Count);
        _onDemand = new bool[_places.Count];
        foreach ((int source, int place) in _places)
            _onDemand[place] = !hearers.Contains(source);
        _resting = new bool[_places.Count];
        _words = new int[_places.Count];
        _silent = new bool[_places.Count];
        _heard = _places.Count;
        Array.Fill(_resting, true);
    }

    /// <summary>Whether nobody is waited for. Where no source can be heard at all, there is nobody to keep pace with.</summary>
    internal bool AllSpoke => _missing <= 0 && (_heard > 0 || _places.Count == 0);

    /// <summary>Whether a source that hears the slice has spoken: it waits for an answer.</summary>
    internal bool PeerSpoke { get; private set; }

    internal void Spoke(int source)
    {
        if (!_places.TryGetValue(source, out int place))
            return;
        bool missed = IsMissed(place);
        if (_silent[place])
            _heard++;
        _silent[place] = false;
        _words[place]++;
        _resting[place] = false;
        _missing += (IsMissed(place) ? 1 : 0) - (missed ? 1 : 0);
        PeerSpoke |= !_onDemand[place];
    }

    internal void Rests(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _onDemand[place])
            return;
        if (IsMissed(place))
            _missing--;
        if (_silent[place])
            _heard++;
        _silent[place] = false;
        _resting[place] = true;
    }

    /// <summary>A source cannot be heard; it is not waited for until it speaks.</summary>
    internal void FallsSilent(int source)
    {
        if (!_places.TryGetValue(source, out int place) || _silent[place])
            return;
        if (IsMissed(place))
            _missing--;
        _silent[place] = true;
        _heard--;
    }

    /// <summary>Forgets who spoke.</summary>
    /// <param name="speaks">Whether the slice speaks now, so that all its sources will answer.</param>
    internal void BeginRound(bool speaks)
    {
        _missing = 0;
        // What rests goes on at the first word.
        _needed = speaks ? _stride : 1;
        PeerSpoke = false;
        for (int place = 0; place < _words.Length; place++)
        {
            _words[place] = 0;
            if (speaks)
                _resting[place] = false;
            else if (_onDemand[place])
                _resting[place] = true;
            if (IsMissed(place))
                _missing++;
        }
    }

    // One that is asked answers once, however often it was asked.
    private bool IsMissed(int place) =>
        !_silent[place] && !_resting[place] && _words[place] < (_onDemand[place] ? 1 : _needed);
}
