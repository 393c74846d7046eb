using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>What a slice and its synapses saw at the end of a phase: the declared exception to locality in time (theory §5).</summary>
public sealed class Snapshot : IStateful
{
    private readonly int _lanes;
    private readonly float[] _activity;
    private readonly float[][] _received;
    private readonly long[] _versions;
    private PhaseTag _phase;

    /// <summary>Makes a snapshot that holds no moment yet.</summary>
    /// <param name="context">The slice whose synapses are looked at.</param>
    public Snapshot(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _lanes = context.Lanes;
        _phase = PhaseTag.Before(_lanes);
        _activity = new float[_lanes * context.Stride];
        _received = [.. context.Afferents.Select(afferent => new float[_lanes * afferent.Projection.Source.Size])];
        _versions = new long[_received.Length];
        Array.Fill(_versions, -1);
    }

    /// <summary>The phase of the moment that is kept.</summary>
    public PhaseNumber Phase => _phase.Phase;

    /// <summary>Whether all that had been received belonged to that phase.</summary>
    public bool Coherent { get; private set; }

    /// <summary>The post-synaptic factor of that moment, lanes × stride.</summary>
    public ReadOnlySpan<float> Activity => _activity;

    /// <summary>The signed importance of that phase, by lane.</summary>
    public ReadOnlySpan<float> Importance => _phase.Importance;

    /// <summary>What had arrived through one projection at that moment, lanes × sources.</summary>
    /// <param name="group">Index of the projection in <see cref="LocalSignals.Synapses"/>.</param>
    public ReadOnlySpan<float> Received(int group) => _received[group];

    /// <summary>Whether that phase is the one before another, of the same stimulus.</summary>
    /// <param name="phase">The other phase.</param>
    public bool IsPreviousPhaseOf(PhaseTag phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        return phase.Phase.Follows(_phase.Phase) && phase.Stimulus == _phase.Stimulus;
    }

    /// <summary>Whether nothing has arrived through a projection since, so that both moments have one factor.</summary>
    /// <param name="group">Index of the projection.</param>
    /// <param name="synapses">Its synapses now.</param>
    public bool ReceivedTheSame(int group, SynapseView synapses) => _versions[group] == synapses.ReceivedVersion;

    /// <summary>Keeps this moment in place of the last one.</summary>
    /// <param name="here">What the synapses may read now.</param>
    public void Take(in LocalSignals here)
    {
        _phase = here.Phase;
        Coherent = here.Coherent;
        here.Activity.CopyTo(_activity);
        for (int k = 0; k < _received.Length; k++)
        {
            if (ReceivedTheSame(k, here.Synapses[k]))
                continue;
            here.Synapses[k].Received.CopyTo(_received[k]);
            _versions[k] = here.Synapses[k].ReceivedVersion;
        }
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _phase = state.Signal(1, _phase, _lanes);
        Coherent = state.Item(2, Coherent);
        state.Floats(3, _activity);
        state.List(4, "received", _received.Length, k =>
        {
            state.Floats(1, _received[k], "values");
            state.Item(2, ref _versions[k], "version");
        });
    }
}
