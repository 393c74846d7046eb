using Nudge.Links;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// One directed projection as it arrives at one slice: its synapses, and the messages of its source slices.
/// </summary>
internal sealed class Afferent : IStateful
{
    private readonly SourceBuffer[] _sources;

    internal Afferent(
        SynapseContext context, AfferentPlan plan, SlicePlan target, SynapseGroup? lender, SendSettings send)
    {
        Synapses = new(context, plan.Projection, target, lender);
        _sources = [.. plan.Sources.Select(source => new SourceBuffer(source, context.Lanes, send))];
    }

    internal SynapseGroup Synapses { get; }

    internal NeighbourSide Side => Synapses.Projection.Side;

    internal SourceBuffer this[int slot] => _sources[slot];

    internal PhaseNumber Below => Oldest(below: true);

    internal PhaseNumber Above => Oldest(below: false);

    /// <summary>The newest of a tag and those of waiting messages.</summary>
    internal PhaseTag NewestWaiting(PhaseTag newest)
    {
        foreach (SourceBuffer source in _sources)
            newest = source.NewestWaiting(newest);
        return newest;
    }

    /// <summary>Takes in messages that are not newer than a phase, in the order of the sources.</summary>
    /// <param name="upTo">The phase.</param>
    /// <param name="now">The slice's time, in τ.</param>
    internal void TakeIn(PhaseNumber upTo, double now)
    {
        foreach (SourceBuffer source in _sources)
            source.TakeIn(Synapses, upTo, now);
    }

    /// <summary>Whether what is in use was sent under the polarity opposite to a phase's.</summary>
    internal bool ReceivedOpposite(PhaseTag phase, int lane)
    {
        foreach (SourceBuffer source in _sources)
        {
            if (source.Tag is { } tag && !ReferenceEquals(tag, phase) && tag.Importance[lane] * phase.Importance[lane] < 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether what is in use was sent in a later phase.</summary>
    internal bool ReceivedLater(PhaseNumber phase)
    {
        foreach (SourceBuffer source in _sources)
        {
            if (source.Tag is { } tag && tag.Phase > phase)
                return true;
        }

        return false;
    }

    /// <summary>Counts the age of what is in use from each source.</summary>
    internal void CountAges(StalenessTally staleness, double now)
    {
        foreach (SourceBuffer source in _sources)
        {
            if (source.Tag is not null)
                staleness.Add(source.Age(now));
        }
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Section(1, "synapses", Synapses);
        state.List(2, "sources", _sources);
    }

    private PhaseNumber Oldest(bool below)
    {
        PhaseNumber oldest = below ? _sources[0].Below : _sources[0].Above;
        for (int i = 1; i < _sources.Length; i++)
            oldest = PhaseNumber.Older(oldest, below ? _sources[i].Below : _sources[i].Above);
        return oldest;
    }
}
