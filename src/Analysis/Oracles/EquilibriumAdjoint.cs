using Nudge.Models;
using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>
/// Solves Jᵀμ = −(y − s) for the Jacobian J of ds/dt at a free fixed point, so that −dC/dθ = μ·∂(ds/dt)/∂θ (implicit
/// differentiation; Pineda 1987; Almeida 1987). It relaxes dμ/dt = Jᵀμ + (y − s): Jᵀ has the spectrum of J, thus μ
/// comes to rest wherever the network did, and no matrix is ever formed. Hard-sigmoid units at a bound do not move and
/// have μ = 0.
/// </summary>
internal sealed class EquilibriumAdjoint
{
    private const int MostSteps = 40_000;
    private const double RelativeTolerance = 1e-12;
    private readonly ExactWeights _weights;
    private readonly NetworkTopology _network;
    private readonly double[][] _slope;
    private readonly double[][] _leak;
    private readonly double[][] _pull;
    private readonly double[][] _sent;
    private readonly double[][] _received;

    internal EquilibriumAdjoint(ExactWeights weights, EquilibriumState free, double[][] drive, double[] target)
    {
        (_weights, _network) = (weights, weights.Network);
        _slope = Blank();
        _leak = Blank();
        _pull = Blank();
        _sent = Blank();
        _received = Blank();
        foreach (PopulationPlan population in _network.Populations.Where(one => one.Role != PopulationRole.Input))
            Linearise(population, free, drive, target);
    }

    /// <summary>μ times ρ′, by population: what a weight's derivative takes of its target unit.</summary>
    internal double[][] Solve()
    {
        double[][] adjoint = Blank();
        (double change, double size) = (double.PositiveInfinity, 0);
        for (int step = 0; step < MostSteps && change > RelativeTolerance * size; step++)
            (change, size) = Step(adjoint, EquilibriumRelaxation.Share(step));
        Send(adjoint);
        return _sent;
    }

    private double[][] Blank() => [.. _weights.Biases.Select(bias => new double[bias.Length])];

    private void Linearise(PopulationPlan population, EquilibriumState free, double[][] drive, double[] target)
    {
        Activation activation = population.Settings.Activation;
        int index = population.Index;
        for (int i = 0; i < population.Size; i++)
        {
            double activity = free.Activities[index][i];
            bool moves = activation != Activation.HardSigmoid || activity is > 0 and < 1;
            if (!moves)
                continue;
            _slope[index][i] = ExactActivation.Slope(activation, activity);
            _leak[index][i] = 1 - (ExactActivation.Curvature(activation, activity) * drive[index][i]);
            _pull[index][i] = population.Role == PopulationRole.Output ? target[i] - free.States[index][i] : 0;
        }
    }

    private (double Change, double Size) Step(double[][] adjoint, double share)
    {
        Send(adjoint);
        foreach (double[] sum in _received)
            Array.Clear(sum);
        foreach (ProjectionPlan projection in _network.Projections)
        {
            if (projection.Source.Role != PopulationRole.Input)
                _weights.CarryBack(projection, _sent[projection.Target.Index], _received[projection.Source.Index]);
        }

        (double change, double size) = (0, 0);
        for (int p = 0; p < adjoint.Length; p++)
        {
            for (int i = 0; i < adjoint[p].Length; i++)
            {
                double rate = (_slope[p][i] * _received[p][i]) - (_leak[p][i] * adjoint[p][i]) + _pull[p][i];
                adjoint[p][i] += share * rate;
                change = Math.Max(change, Math.Abs(rate));
                size = Math.Max(size, Math.Abs(adjoint[p][i]));
            }
        }

        return (change, size);
    }

    private void Send(double[][] adjoint)
    {
        for (int p = 0; p < adjoint.Length; p++)
        {
            for (int i = 0; i < adjoint[p].Length; i++)
                _sent[p][i] = _slope[p][i] * adjoint[p][i];
        }
    }
}
