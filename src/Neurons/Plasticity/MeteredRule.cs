using Nudge.Phases;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Plasticity;

/// <summary>
/// Another rule, with the lengths of what it teaches: for each polarity a running mean of ‖u‖², u being what one phase
/// sums up in one lane over all synapses and biases of the slice, without importance and learning rate. Phases that
/// the gate held back do not count. The means, 16 bytes for a slice, are carried across phases: a declared exception
/// (theory §5) of the setting <c>phases.b: optimal</c>.
/// </summary>
public sealed class MeteredRule : IPlasticityRule
{
    private readonly IPlasticityRule _inner;
    private readonly StatisticSum[] _synapses;
    private readonly BiasSum _bias;
    private RunningSquare _positive;
    private RunningSquare _negative;
    private bool _learned;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="inner">Finds the updates.</param>
    /// <param name="context">The slice.</param>
    public MeteredRule(IPlasticityRule inner, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(context);
        _inner = inner;
        int lanes = context.Lanes;
        bool often = context.Settings.LearnsWithinPhases;
        _synapses =
        [
            .. context.Afferents.Select(afferent => afferent.Projection).Select<ProjectionPlan, StatisticSum>(projection =>
                projection.Connectivity is { } table
                    ? new WindowSum(table, context.Slice, lanes)
                    : often || projection.IsWithin
                    ? new MatrixSum(projection, context.Slice.Count, lanes)
                    : new ProductSum(context.Slice.Count, projection.Source.Size, lanes)),
        ];
        PopulationPlan population = context.Slice.Population;
        _bias = new(context.Slice.Count, lanes, population.UnitsPerBias, population.BiasesPerUnit);
    }

    /// <summary>What it carries from phase to phase, and why.</summary>
    internal static IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("MeteredRule._positive", "running means", "The coordinator seeks the optimal b from them."),
        new("MeteredRule._negative", "running means", "The coordinator seeks the optimal b from them."),
    ];

    /// <summary>The two means.</summary>
    public SecondMoments? SecondMoments => new SecondMoments(_positive.Value, _negative.Value);

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        Watch(here);
        return Note(_inner.Elapse(here, elapsed));
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        Watch(here);
        LearningOutcome outcome = Note(_inner.EndPhase(here));
        if (_learned)
            Measure(here);
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "rule", _inner);
        state.Section(2, "positive", ref _positive);
        state.Section(3, "negative", ref _negative);
        state.Item(4, ref _learned);
        state.List(5, "synapses", _synapses);
        state.Section(6, "bias", _bias);
    }

    private void Watch(in LocalSignals here)
    {
        for (int k = 0; k < _synapses.Length; k++)
            here.Synapses[k].Group.Witness = _synapses[k];
        here.Bias.Group.Witness = _bias;
    }

    private LearningOutcome Note(LearningOutcome outcome)
    {
        _learned |= outcome == LearningOutcome.Learned;
        return outcome;
    }

    private void Measure(in LocalSignals here)
    {
        for (int lane = 0; lane < here.Phase.Importance.Length; lane++)
        {
            double g = here.Phase.Importance[lane];
            if (g > 0)
                _positive.Add(Square(here, lane) / (g * g));
            else if (g < 0)
                _negative.Add(Square(here, lane) / (g * g));
        }

        foreach (StatisticSum sum in _synapses)
            sum.Clear();
        _bias.Clear();
        _learned = false;
    }

    private double Square(in LocalSignals here, int lane)
    {
        double sum = WithoutRate(_bias.Square(lane), here.Bias.Group.FoldedRate);
        for (int k = 0; k < _synapses.Length; k++)
            sum += WithoutRate(_synapses[k].Square(lane), here.Synapses[k].Group.FoldedRate);
        return sum;
    }

    private static double WithoutRate(double square, double rate) => rate == 0 ? 0 : square / (rate * rate);
}
