using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Audit;

/// <summary>Stands between a slice and its rule, and looks at what the rule keeps whenever a phase has ended.</summary>
internal sealed class ProbedRule : IObservedRule
{
    private readonly BoundaryProbe _probe;
    private readonly Dictionary<string, object?> _fresh;
    private readonly Dictionary<string, long> _changed = [];
    private readonly LocalityWatch _watch = new();
    private bool _met;
    private bool _learned;

    internal ProbedRule(IPlasticityRule observed, SlicePlan slice, BoundaryProbe probe)
    {
        Observed = observed;
        Slice = slice;
        _probe = probe;
        _fresh = StateCells.Of(observed, []).ToDictionary(cell => cell.Path, cell => cell.Copy());
    }

    public IPlasticityRule Observed { get; }

    internal SlicePlan Slice { get; }

    /// <summary>Phases in which it learned.</summary>
    internal int Learned { get; private set; }

    /// <summary>Numbers that it learns: its weights, and its biases where they learn.</summary>
    internal long Synapses { get; private set; }

    /// <summary>Bytes of each place that was ever found different from fresh at the end of a phase.</summary>
    internal IReadOnlyDictionary<string, long> Changed => _changed;

    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        Meet(here);
        return Note(Observed.Elapse(here, elapsed), here);
    }

    public LearningOutcome EndPhase(in LocalSignals here)
    {
        Meet(here);
        LearningOutcome outcome = Note(Observed.EndPhase(here), here);
        Learned += _learned ? 1 : 0;
        _learned = false;
        List<StateCell> cells = [.. StateCells.Of(Observed, OwnState.Of(here)), .. OwnState.Cells(here)];
        if (_probe.Tampering == Tampering.None)
            Look(here, cells);
        else
            _probe.Tamper(cells, _fresh);
        return outcome;
    }

    public SecondMoments? SecondMoments => Observed.SecondMoments;

    public void Describe(StateSection state) => Observed.Describe(state);

    private void Meet(in LocalSignals here)
    {
        if (!_met)
        {
            foreach (StateCell cell in OwnState.Cells(here))
                _fresh.Add(cell.Path, cell.Copy());
            foreach (SynapseGroup synapses in here.Synapses.Groups)
                Synapses += (long)synapses.Weights.Rows * synapses.Weights.Columns;
            Synapses += here.Bias.IsPresent ? Slice.Count * here.Bias.PerUnit : 0;
        }

        _met = true;
        if (_probe.Tampering == Tampering.None)
            _watch.Before(here);
    }

    private LearningOutcome Note(LearningOutcome outcome, in LocalSignals here)
    {
        if (_probe.Tampering == Tampering.None)
            _watch.After(here, Observed.GetType().Name);
        _learned |= outcome == LearningOutcome.Learned;
        return outcome;
    }

    private void Look(in LocalSignals here, List<StateCell> cells)
    {
        if (RuleInspection.IsForeign(Observed))
            RuleInspection.Inspect(Observed, OwnState.Of(here));
        LocalityWatch.CheckPadding(here, Slice.Count, Observed.GetType().Name);
        foreach (StateCell cell in cells)
        {
            if (cell.Differs(_fresh.GetValueOrDefault(cell.Path)))
                _changed[cell.Path] = Math.Max(cell.Bytes, _changed.GetValueOrDefault(cell.Path));
        }
    }
}
