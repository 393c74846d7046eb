using Nudge.Models;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Relaxation;

/// <summary>
/// Answers by relaxing the same weights in lockstep, without links, loss or clocks: tells what the weights know from what
/// the asynchronous network shows of it. A check, and never part of learning.
/// </summary>
public static class SynchronousRelaxation
{
    private const int Lanes = 60;
    private const int Steps = 80;
    private const float Share = 0.25f;

    /// <summary>Share of correct answers of free phases.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">Examples to answer.</param>
    /// <param name="count">How many of them, from the first on.</param>
    public static double Accuracy(NetworkPlan network, NetworkWeights weights, IStimulusSet examples, int count)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        int classes = (network.Output ?? throw new ArgumentException("The network has no output population.")).Size;
        PanelMatrix[] matrices = [.. network.Projections.Select(weights.Matrix)];
        int correct = 0;
        for (int first = 0; first < count; first += Lanes)
        {
            int lanes = Math.Min(Lanes, count - first);
            float[] output = Relax(network, weights, matrices, examples, first, lanes);
            for (int lane = 0; lane < lanes; lane++)
            {
                int answer = Answer.Of(output.AsSpan(lane * classes, classes));
                correct += answer == examples.LabelOf(first + lane) ? 1 : 0;
            }
        }

        return count == 0 ? 0 : (double)correct / count;
    }

    private static float[] Relax(
        NetworkPlan network, NetworkWeights weights, PanelMatrix[] matrices, IStimulusSet examples, int first, int lanes)
    {
        float[][] states = [.. network.Populations.Select(population => new float[lanes * population.Size])];
        for (int lane = 0; lane < lanes; lane++)
            examples.CopyInput(first + lane, states[network.Input.Index].AsSpan(lane * network.Input.Size, network.Input.Size));
        float[][] activities = [.. states.Select(state => (float[])state.Clone())];
        float[][] currents = [.. matrices.Select(matrix => new float[lanes * matrix.PaddedRows])];
        foreach (ProjectionPlan projection in network.Projections.Where(p => p.Source.Role == PopulationRole.Input))
            MatrixKernels.Multiply(matrices[projection.Index], activities[projection.Source.Index], currents[projection.Index], lanes);
        for (int step = 0; step < Steps; step++)
        {
            foreach (ProjectionPlan projection in network.Projections.Where(p => p.Source.Role != PopulationRole.Input))
                MatrixKernels.Multiply(matrices[projection.Index], activities[projection.Source.Index], currents[projection.Index], lanes);
            foreach (PopulationPlan population in network.Populations.Where(p => p.Role != PopulationRole.Input))
                Step(network, population, weights.Biases[population.Index], currents, states, activities, lanes);
        }

        return activities[network.Output!.Index];
    }

    private static void Step(
        NetworkPlan network,
        PopulationPlan population,
        float[] bias,
        float[][] currents,
        float[][] states,
        float[][] activities,
        int lanes)
    {
        int stride = PanelMatrix.Pad(population.Size);
        float[] state = states[population.Index];
        float[] activity = activities[population.Index];
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < population.Size; i++)
            {
                float drive = bias[i];
                foreach (ProjectionPlan projection in network.Projections)
                {
                    if (projection.Target.Index == population.Index)
                        drive += currents[projection.Index][(lane * stride) + i];
                }

                int place = (lane * population.Size) + i;
                drive *= ActivationFunction.Slope(population.Settings.Activation, activity[place]);
                state[place] += Share * (drive - state[place]);
                if (population.Settings.Activation == Activation.HardSigmoid)
                    state[place] = Math.Clamp(state[place], 0, 1);
            }
        }

        ActivationFunction.Apply(population.Settings.Activation, state, activity);
    }
}
