using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Relaxation;

/// <summary>
/// What a Boltzmann machine with labels takes a label to look like: the label is clamped, the input is free, and all units
/// are sampled in lockstep, without links, loss or clocks. A look from outside, and never part of learning.
/// </summary>
public sealed class LabelledSampling
{
    private readonly NetworkPlan _network;
    private readonly PanelMatrix[] _matrices;
    private readonly NetworkWeights _weights;
    private readonly PopulationPlan _label;

    /// <summary>Takes the weights of a network.</summary>
    /// <exception cref="ArgumentException">The network has no output population, and so no labels.</exception>
    public LabelledSampling(NetworkPlan network, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        _network = network;
        _weights = weights;
        _label = network.Output ?? throw new ArgumentException("The network has no output population.");
        _matrices = [.. network.Projections.Select(weights.Matrix)];
    }

    /// <summary>Runs one chain and gives the probability of each input unit at its last step.</summary>
    /// <param name="label">The label that is clamped.</param>
    /// <param name="chain">Number of the chain: each draws its own samples.</param>
    /// <param name="steps">Gibbs steps of all units.</param>
    public float[] Sample(int label, int chain, int steps)
    {
        float[][] states = [.. _network.Populations.Select(population => new float[population.Size])];
        float[][] probabilities = [.. _network.Populations.Select(population => new float[PanelMatrix.Pad(population.Size)])];
        states[_label.Index][label] = 1;
        for (int step = 0; step < steps; step++)
        {
            // Hidden units first, then what they give to the input.
            foreach (PopulationPlan population in _network.Populations.Where(one => one.Role == PopulationRole.Hidden))
                Step(population, states, probabilities, label, chain, step);
            Step(_network.Input, states, probabilities, label, chain, step);
        }

        return probabilities[_network.Input.Index][.._network.Input.Size];
    }

    private void Step(
        PopulationPlan population, float[][] states, float[][] probabilities, int label, int chain, int step)
    {
        float[] drive = probabilities[population.Index];
        float[] current = new float[drive.Length];
        drive.AsSpan().Clear();
        _weights.Biases[population.Index].CopyTo(drive, 0);
        foreach (ProjectionPlan projection in _network.Afferents(population))
        {
            MatrixKernels.Multiply(_matrices[projection.Index], states[projection.Source.Index], current, 1);
            VectorKernels.Add(current, drive);
        }

        VectorKernels.Scale(drive, (float)((BoltzmannMachineSettings)_network.Settings.Model).InverseTemperature);
        FloatFunctions.Sigmoid(drive, drive);
        ulong id = ((ulong)population.Index << 24) | ((ulong)(uint)label << 12) | (uint)chain;
        var key = new RandomKey(_network.Settings.Seed, RandomPurpose.LabelSample, id);
        VectorKernels.Bernoulli(key, (ulong)step << 18, 0, drive.AsSpan(0, population.Size), states[population.Index]);
    }
}
