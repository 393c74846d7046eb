using Nudge.Networks;

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
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice.</param>
    public MeteredRule(IPlasticityRule inner, NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _inner = inner;
        int lanes = plan.Settings.Lanes;
        bool often = plan.Settings.Learning.LearnsWithinPhases;
        _synapses =
        [
            .. plan.Afferents(slice.Population).Select<ProjectionPlan, StatisticSum>(projection =>
                often || projection.IsWithin
                    ? new MatrixSum(projection, slice.Count, lanes)
                    : new ProductSum(slice.Count, projection.Source.Size, lanes)),
        ];
        _bias = new(slice.Count, lanes);
    }

    /// <summary>The two means.</summary>
    public PhaseSpread Spread => new(_positive.Value, _negative.Value);

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
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _inner.Save(writer);
        _positive.Save(writer);
        _negative.Save(writer);
        writer.Write(_learned);
        foreach (StatisticSum sum in _synapses)
            sum.Save(writer);
        _bias.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _inner.Restore(reader);
        _positive.Restore(reader);
        _negative.Restore(reader);
        _learned = reader.ReadBoolean();
        foreach (StatisticSum sum in _synapses)
            sum.Restore(reader);
        _bias.Restore(reader);
    }

    private void Watch(in LocalSignals here)
    {
        for (int k = 0; k < _synapses.Length; k++)
            here.Synapses[k].Witness = _synapses[k];
        here.Bias.Witness = _bias;
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
        double sum = WithoutRate(_bias.Square(lane), here.Bias.FoldedRate);
        for (int k = 0; k < _synapses.Length; k++)
            sum += WithoutRate(_synapses[k].Square(lane), here.Synapses[k].FoldedRate);
        return sum;
    }

    private static double WithoutRate(double square, double rate) => rate == 0 ? 0 : square / (rate * rate);
}
