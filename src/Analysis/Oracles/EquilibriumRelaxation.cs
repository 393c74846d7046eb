using Nudge.Models;
using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>
/// Relaxes ds/dt = −s + ρ′(s)·(Wρ + b) + β(y − s) to its fixed point (Scellier and Bengio 2017, eq. 4; theory §4) with
/// one stimulus at the input. Hard-sigmoid states are clipped to [0, 1] and have ρ′ = 1.
/// </summary>
internal sealed class EquilibriumRelaxation
{
    internal const double Tolerance = 1e-12;
    private const int MostSteps = 40_000;
    private const int StepsPerShare = 10_000;
    private readonly ExactWeights _weights;
    private readonly NetworkTopology _network;
    private readonly double[] _stimulus;
    private readonly double[][] _steady;
    private readonly double[][] _drive;

    internal EquilibriumRelaxation(ExactWeights weights, double[] stimulus)
    {
        (_weights, _network, _stimulus) = (weights, weights.Network, stimulus);
        _steady = [.. weights.Biases.Select(bias => (double[])bias.Clone())];
        _drive = [.. weights.Biases.Select(bias => new double[bias.Length])];
        foreach (ProjectionPlan projection in _network.Projections)
        {
            if (projection.Source.Role == PopulationRole.Input)
                weights.Carry(projection, stimulus, _steady[projection.Target.Index]);
        }
    }

    /// <summary>
    /// The share of the way to its aim that a unit goes at one step, smaller where larger ones do not settle.
    /// </summary>
    internal static double Share(int step) => 0.25 / (1 << (step / StepsPerShare));

    /// <summary>Relaxes from rest, or from where another relaxation ended.</summary>
    /// <param name="from">Where to begin; at zero without.</param>
    /// <param name="strength">β, or +∞ to hold the output at the target.</param>
    /// <param name="target">y, read only where the strength is not 0.</param>
    internal EquilibriumState Relax(EquilibriumState? from, double strength, double[] target)
    {
        double[][] states = [.. _network.Populations.Select(one => from is null
            ? new double[one.Size]
            : (double[])from.States[one.Index].Clone())];
        double[][] activities = [.. states.Select(state => new double[state.Length])];
        _stimulus.CopyTo(states[_network.Input.Index], 0);
        if (double.IsPositiveInfinity(strength))
            target.CopyTo(states[_network.Output!.Index], 0);
        double residual = double.PositiveInfinity;
        for (int step = 0; step < MostSteps && residual >= Tolerance; step++)
        {
            Activate(states, activities, strength);
            residual = Step(states, activities, strength, target, Share(step));
        }

        Activate(states, activities, strength);
        return new(states, activities, residual);
    }

    /// <summary>W·ρ + b of every population.</summary>
    internal double[][] Drive(IReadOnlyList<double[]> activities)
    {
        for (int i = 0; i < _drive.Length; i++)
            _steady[i].CopyTo(_drive[i], 0);
        foreach (ProjectionPlan projection in _network.Projections)
        {
            if (projection.Source.Role != PopulationRole.Input)
                _weights.Carry(projection, activities[projection.Source.Index], _drive[projection.Target.Index]);
        }

        return _drive;
    }

    private void Activate(double[][] states, double[][] activities, double strength)
    {
        foreach (PopulationPlan population in _network.Populations)
        {
            (double[] state, double[] activity) = (states[population.Index], activities[population.Index]);
            // A stimulus is sent as it is, and so is a target that stands in for the answer.
            bool held = population.Role == PopulationRole.Input
                || (population.Role == PopulationRole.Output && double.IsPositiveInfinity(strength));
            for (int i = 0; i < state.Length; i++)
                activity[i] = held ? state[i] : ExactActivation.Value(population.Settings.Activation, state[i]);
        }
    }

    private double Step(double[][] states, double[][] activities, double strength, double[] target, double share)
    {
        double[][] drive = Drive(activities);
        double largest = 0;
        foreach (PopulationPlan population in _network.Populations)
        {
            bool pulled = population.Role == PopulationRole.Output && strength != 0;
            if (population.Role == PopulationRole.Input || (pulled && double.IsPositiveInfinity(strength)))
                continue;
            Activation activation = population.Settings.Activation;
            double[] state = states[population.Index];
            for (int i = 0; i < state.Length; i++)
            {
                double slope = ExactActivation.Slope(activation, activities[population.Index][i]);
                double aim = slope * drive[population.Index][i];
                aim += pulled ? strength * (target[i] - state[i]) : 0;
                double next = state[i] + (share * (aim - state[i]));
                if (activation == Activation.HardSigmoid)
                    next = Math.Clamp(next, 0, 1);
                largest = Math.Max(largest, Math.Abs(next - state[i]) / share);
                state[i] = next;
            }
        }

        return largest;
    }
}
