using Nudge.Models;
using Nudge.Topology;

namespace OwnModel.SoftmaxLayer;

/// <summary>The exact gradient of the mean log-likelihood: γ(y_i − p_i)·x_j, in double precision.</summary>
public sealed class SoftmaxReference : ReferenceDefinition
{
    /// <inheritdoc/>
    public override string Name => SoftmaxModel.Instance.Name;

    /// <inheritdoc/>
    public override string Summary => "The gradient of the log-likelihood of the labels.";

    /// <inheritdoc/>
    public override ExactReference Of(ReferenceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ProjectionPlan projection = context.Network.Projections.Single();
        double gamma = ((SoftmaxSettings)context.Model).InverseTemperature;
        (int inputs, int outputs) = (projection.Source.Size, projection.Target.Size);
        float[] weights = context.Weights.Weights[projection.Index];
        float[] bias = context.Weights.Biases[projection.Target.Index];
        double[] synapses = new double[outputs * inputs];
        double[] biases = new double[outputs];
        float[] input = new float[inputs];
        for (int example = 0; example < context.Training.Count; example++)
        {
            context.Training.CopyInput(example, input);
            double[] p = Softmax([.. Enumerable.Range(0, outputs).Select(i => gamma * Drive(i))]);
            for (int i = 0; i < outputs; i++)
            {
                double target = i == context.Training.LabelOf(example) ? 1 : 0;
                double error = gamma * (target - p[i]) / context.Training.Count;
                biases[i] += error;
                for (int j = 0; j < inputs; j++)
                    synapses[(i * inputs) + j] += error * input[j];
            }
        }

        double[][] byPopulation =
            [.. context.Network.Populations.Select(one => one == projection.Target ? biases : [])];
        return new(new([synapses], byPopulation), CostDescent: null);

        double Drive(int unit) =>
            bias[unit] + Enumerable.Range(0, inputs).Sum(j => (double)weights[(unit * inputs) + j] * input[j]);
    }

    private static double[] Softmax(double[] drive)
    {
        double[] powers = [.. drive.Select(value => Math.Exp(value - drive.Max()))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
