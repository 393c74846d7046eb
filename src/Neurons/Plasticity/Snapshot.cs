using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>What a slice and its synapses saw at the end of a phase: the declared exception to locality in time (theory §5).</summary>
internal sealed class Snapshot : IStateful
{
    private readonly int _lanes;
    private readonly float[] _activity;
    private readonly float[][] _heard;
    private readonly long[] _versions;
    private PhaseTag _phase;

    internal Snapshot(RuleContext context)
    {
        _lanes = context.Lanes;
        _phase = PhaseTag.Before(_lanes);
        _activity = new float[_lanes * context.Stride];
        _heard = [.. context.Afferents.Select(afferent => new float[_lanes * afferent.Projection.Source.Size])];
        _versions = new long[_heard.Length];
        Array.Fill(_versions, -1);
    }

    /// <summary>The phase of the moment that is kept.</summary>
    internal PhaseNumber Phase => _phase.Phase;

    internal bool Coherent { get; private set; }

    internal ReadOnlySpan<float> Activity => _activity;

    internal ReadOnlySpan<float> Importance => _phase.Importance;

    internal ReadOnlySpan<float> Heard(int group) => _heard[group];

    internal bool IsPreviousPhaseOf(PhaseTag phase) =>
        phase.Phase.Follows(_phase.Phase) && phase.Stimulus == _phase.Stimulus;

    internal bool HeardTheSame(int group, SynapseView synapses) => _versions[group] == synapses.ReceivedVersion;

    internal void Take(in LocalSignals here)
    {
        _phase = here.Phase;
        Coherent = here.Coherent;
        here.Activity.CopyTo(_activity);
        for (int k = 0; k < _heard.Length; k++)
        {
            if (HeardTheSame(k, here.Synapses[k]))
                continue;
            here.Synapses[k].Received.CopyTo(_heard[k]);
            _versions[k] = here.Synapses[k].ReceivedVersion;
        }
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _phase = state.Signal(1, _phase, _lanes);
        Coherent = state.Item(2, Coherent);
        state.Floats(3, _activity);
        state.List(4, "received", _heard.Length, k =>
        {
            state.Floats(1, _heard[k], "values");
            state.Item(2, ref _versions[k], "version");
        });
    }
}
