using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>
/// What the updates of equilibrium propagation should be, for any network of leaky populations: the exact descent of
/// the cost C = ½‖y − s_out‖² at the free fixed point, and the exact contrast of two phases (Scellier and Bengio 2017,
/// theorem 1), in double precision. The copies of a bidirectional projection count as one shared parameter at their
/// mean, and each receives that parameter's value. Not for use from several threads at once.
/// </summary>
public sealed class EquilibriumGradient
{
    // For smooth units exact to β to the power of this less one; where a unit reaches a bound within the period, to its square.
    private const int PointsOfPeriod = 64;

    private readonly ExactWeights _weights;
    private readonly IStimulusSet _examples;

    /// <summary>Copies the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">The examples that the methods name by number.</param>
    /// <param name="feedback">Factor on what comes from above, in the dynamics of the network (theory §4).</param>
    public EquilibriumGradient(
        NetworkTopology network, NetworkWeights weights, IStimulusSet examples, double feedback = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        _weights = new(network, weights, feedback);
        _examples = examples;
    }

    /// <summary>The parameters in double precision; tests move them.</summary>
    internal ExactWeights Parameters => _weights;

    /// <summary>Where the network comes to rest, from zero, with the example's stimulus and no target.</summary>
    public EquilibriumState FreeState(int example) => Relaxation(example).Relax(null, 0, []);

    /// <summary>½‖y − s_out‖² at the free fixed point.</summary>
    public double Cost(int example)
    {
        double[] state = FreeState(example).States[_weights.Network.Output!.Index];
        return state.Zip(Target(example), (s, y) => (y - s) * (y - s)).Sum() / 2;
    }

    /// <summary>Mean over the examples of −dC/dθ at the free fixed point, by implicit differentiation.</summary>
    /// <param name="which">Numbers of examples, at least one.</param>
    public GradientVector CostDescent(IReadOnlyList<int> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentOutOfRangeException.ThrowIfZero(which.Count);
        var sum = new GradientSum(_weights);
        foreach (int example in which)
        {
            EquilibriumRelaxation relaxation = Relaxation(example);
            EquilibriumState free = relaxation.Relax(null, 0, []);
            double[][] drive = relaxation.Drive(free.Activities);
            var adjoint = new EquilibriumAdjoint(_weights, free, drive, Target(example));
            sum.AddDerivative(_weights, 1.0 / which.Count, adjoint.Solve(), free.Activities);
        }

        return sum.Total(1);
    }

    /// <summary>
    /// Mean over the examples of (ρρ₊ − ρρ₋)/β, the direction of learning: a free negative phase, then a positive one
    /// from there, nudged by β; or, clamped, with the output held at the target and without the factor 1/β.
    /// </summary>
    /// <param name="which">Numbers of examples, at least one.</param>
    /// <param name="beta">Nudge strength β, not 0; not read where clamped.</param>
    /// <param name="clamped">Whether the positive phase holds the output at the target.</param>
    public GradientVector Contrast(IReadOnlyList<int> which, double beta, bool clamped = false) => Contrast(
        which, new EquilibriumPropagationSettings
        {
            Beta = beta,
            Output = clamped ? OutputDrive.Clamped : OutputDrive.Nudged,
        });

    /// <summary>
    /// As above for a model of an experiment file, whose negative phase may be nudged the other way, or whose nudge may oscillate.
    /// </summary>
    /// <param name="which">Numbers of examples, at least one.</param>
    /// <param name="model">The nudge and its scale.</param>
    public GradientVector Contrast(IReadOnlyList<int> which, EquilibriumPropagationSettings model)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(which.Count);
        bool couples = model.Output == OutputDrive.Coupled;
        double positive = model.Output == OutputDrive.Clamped || couples ? double.PositiveInfinity : model.Beta;
        double scale = model.UpdateScale / which.Count;
        var sum = new GradientSum(_weights);
        foreach (int example in which)
        {
            EquilibriumRelaxation relaxation = Relaxation(example);
            double[] target = Target(example);
            EquilibriumState free = relaxation.Relax(null, 0, target);
            if (model.Nudge.Waveform == NudgeWaveform.Oscillating)
            {
                AddOscillation(sum, scale, relaxation, free, target, model.Beta);
                continue;
            }

            EquilibriumState with = relaxation.Relax(free, positive, couples ? Near(free, target, model.Beta) : target);
            EquilibriumState without =
                model.Negative == NegativePhase.Free ? free : relaxation.Relax(free, -model.Beta, target);
            sum.Add(scale, with.Activities, with.Activities);
            sum.Add(-scale, without.Activities, without.Activities);
        }

        return sum.Total(0.5);
    }

    /// <summary>
    /// The first Fourier coefficient of ρρ over one slow period of the nudge β·sin, from fixed points that follow each other:
    /// the mean of sin·ρρ, which the scale of 2/β turns into a derivative by β (theory §3e).
    /// </summary>
    private static void AddOscillation(
        GradientSum sum, double scale, EquilibriumRelaxation relaxation, EquilibriumState free, double[] target, double beta)
    {
        EquilibriumState state = free;
        for (int point = 0; point < PointsOfPeriod; point++)
        {
            double sine = Elementary.SinOfTurns((point + 0.5) / PointsOfPeriod);
            state = relaxation.Relax(state, beta * sine, target);
            sum.Add(scale * sine / PointsOfPeriod, state.Activities, state.Activities);
        }
    }

    /// <summary>s + β(y − s): where coupled learning holds the output.</summary>
    private double[] Near(EquilibriumState free, double[] target, double beta) =>
        [.. free.Activities[_weights.Network.Output!.Index].Zip(target, (s, y) => s + (beta * (y - s)))];

    private EquilibriumRelaxation Relaxation(int example)
    {
        float[] values = new float[_examples.InputSize];
        _examples.CopyInput(example, values);
        return new(_weights, [.. values.Select(value => (double)value)]);
    }

    private double[] Target(int example) => ExactTargets.Of(_examples, example, _weights.Network.Output!);
}
