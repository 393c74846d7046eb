using Nudge.Numerics;
using Nudge.Signals;

namespace Nudge.Oracles;

/// <summary>
/// p(y | x) of a restricted Boltzmann machine whose visible units are inputs x and one label unit for each class y, exact:
/// log p(y | x) = a_y + Σ_i log(1 + e^(b_i + U_iy + W_i·x)) + const (Larochelle and Bengio 2008, eq. 2). It says what the weights know,
/// apart from what a chain of finite length answers. A check from outside, and never part of learning.
/// </summary>
public static class ClassPosterior
{
    /// <summary>log p(y | x) of each class, but for a constant that all classes share.</summary>
    /// <param name="machine">The machine; the last of its visible units are the classes.</param>
    /// <param name="input">Values of the visible units that are inputs.</param>
    /// <returns>One value for each class: visible units less inputs.</returns>
    /// <exception cref="ArgumentException">Its hidden units are coupled, or it has no visible units but the inputs.</exception>
    public static double[] Scores(BoltzmannParameters machine, ReadOnlySpan<float> input)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (machine.Couplings is not null)
            throw new ArgumentException("The posterior of coupled hidden units is no sum over units.", nameof(machine));
        if (machine.Visible <= input.Length)
            throw new ArgumentException($"{machine.Visible} visible units and {input.Length} inputs leave no class.", nameof(input));
        float[] row = new float[machine.Visible];
        input.CopyTo(row);
        double[] field = EnumeratedSide.HiddenField(machine, row);
        double[] scores = machine.VisibleBias[input.Length..];
        for (int y = 0; y < scores.Length; y++)
            scores[y] *= machine.InverseTemperature;
        for (int i = 0; i < machine.Hidden; i++)
        {
            ReadOnlySpan<double> ofClasses = machine.Weights.AsSpan((i * machine.Visible) + input.Length, scores.Length);
            for (int y = 0; y < scores.Length; y++)
                scores[y] += Logistic.Softplus(machine.InverseTemperature * (field[i] + ofClasses[y]));
        }

        return scores;
    }

    /// <summary>Share of examples whose most probable class is their label.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="examples">Examples with labels.</param>
    /// <exception cref="ArgumentException">As for <see cref="Scores"/>.</exception>
    public static double Accuracy(BoltzmannParameters machine, IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        float[] input = new float[examples.InputSize];
        int correct = 0;
        for (int example = 0; example < examples.Count; example++)
        {
            examples.CopyInput(example, input);
            double[] scores = Scores(machine, input);
            correct += Array.IndexOf(scores, scores.Max()) == examples.LabelOf(example) ? 1 : 0;
        }

        return examples.Count == 0 ? 0 : (double)correct / examples.Count;
    }
}
