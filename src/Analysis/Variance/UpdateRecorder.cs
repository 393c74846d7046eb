using Nudge.Populations;
using Nudge.Signals;
using Nudge.Synapses;

namespace Nudge.Variance;

/// <summary>
/// Holds the weights of a network still and writes down, phase by phase, what they would have learned. Parameters come
/// slice by slice: the synapses of each afferent projection, units × sources or channels × weights of one, then the biases.
/// </summary>
internal sealed class UpdateRecorder
{
    private readonly Dictionary<long, PhaseUpdate> _open = [];
    private readonly PopulationSlice[] _learning;

    internal UpdateRecorder(IReadOnlyList<PopulationSlice> slices)
    {
        _learning = [.. slices.Where(slice => slice.Synapses.Length > 0)];
        foreach (PopulationSlice slice in _learning)
            Attach(slice);
    }

    internal int Parameters { get; private set; }

    /// <summary>The update of the phase that a slice is in.</summary>
    internal PhaseUpdate Of(PhaseTag tag)
    {
        if (!_open.TryGetValue(tag.Phase.Number, out PhaseUpdate? update))
            _open.Add(tag.Phase.Number, update = new(tag, Parameters));
        return update;
    }

    /// <summary>
    /// Gives out the phases that every slice has left, in their order. Those in which nothing was learned are
    /// missing.
    /// </summary>
    internal IEnumerable<PhaseUpdate> TakeEnded()
    {
        long oldest = _learning.Min(slice => slice.Tag.Phase.Number);
        foreach (long phase in _open.Keys.Where(phase => phase < oldest).Order().ToArray())
        {
            _open.Remove(phase, out PhaseUpdate? update);
            yield return update!;
        }
    }

    private void Attach(PopulationSlice slice)
    {
        foreach (SynapseGroup synapses in slice.Synapses)
        {
            synapses.Sink = new GroupSink(this, slice, Parameters, synapses.Projection);
            Parameters += slice.Plan.Count / synapses.Projection.UnitsPerRow * synapses.Projection.WeightsPerRow;
        }

        slice.Bias!.Sink = new GroupSink(this, slice, Parameters, projection: null);
        Parameters += slice.Bias.Count;
    }
}
