using Nudge.Signals;

namespace Nudge.Testing;

/// <summary>
/// An independent model of a two-layer equilibrium network in double precision and in lockstep, written from the page of
/// theory alone: what the asynchronous rules are held against.
/// </summary>
public sealed class TwoLayerEquilibrium
{
    private const int Steps = 600;
    private readonly int _inputs;
    private readonly int _hidden;
    private readonly int _outputs;

    private readonly double[]? _outHidden;

    /// <param name="inHidden">hidden × inputs.</param>
    /// <param name="hiddenOut">outputs × hidden.</param>
    /// <param name="hiddenBias">One for each hidden unit.</param>
    /// <param name="outBias">One for each output unit.</param>
    /// <param name="outHidden">hidden × outputs; where it is left out, the transpose of hiddenOut.</param>
    public TwoLayerEquilibrium(
        float[] inHidden, float[] hiddenOut, float[] hiddenBias, float[] outBias, float[]? outHidden = null)
    {
        (_hidden, _outputs) = (hiddenBias.Length, outBias.Length);
        _outHidden = outHidden?.Select(value => (double)value).ToArray();
        _inputs = inHidden.Length / _hidden;
        InHidden = [.. inHidden.Select(value => (double)value)];
        HiddenOut = [.. hiddenOut.Select(value => (double)value)];
        HiddenBias = [.. hiddenBias.Select(value => (double)value)];
        OutBias = [.. outBias.Select(value => (double)value)];
    }

    /// <summary>hidden × inputs.</summary>
    public double[] InHidden { get; }

    /// <summary>outputs × hidden.</summary>
    public double[] HiddenOut { get; }

    public double[] HiddenBias { get; }

    public double[] OutBias { get; }

    /// <summary>Mean over the examples of −dC/dW at the free fixed point, by central differences.</summary>
    public (double[] InHidden, double[] HiddenOut) CostDescent(IStimulusSet examples) =>
        (Descent(examples, InHidden), Descent(examples, HiddenOut));

    /// <summary>Mean over the examples of (ρρ at β − ρρ at 0) / β.</summary>
    public (double[] InHidden, double[] HiddenOut) Contrast(IStimulusSet examples, double beta)
    {
        double[] below = new double[InHidden.Length];
        double[] above = new double[HiddenOut.Length];
        for (int example = 0; example < examples.Count; example++)
        {
            (double[] x, double[] h0, double[] o0) = Relax(examples, example, 0);
            (_, double[] h1, double[] o1) = Relax(examples, example, beta);
            for (int i = 0; i < _hidden; i++)
            {
                for (int j = 0; j < _inputs; j++)
                    below[(i * _inputs) + j] += (h1[i] - h0[i]) * x[j] / beta / examples.Count;
            }

            for (int k = 0; k < _outputs; k++)
            {
                for (int i = 0; i < _hidden; i++)
                    above[(k * _hidden) + i] += ((o1[k] * h1[i]) - (o0[k] * h0[i])) / beta / examples.Count;
            }
        }

        return (below, above);
    }

    /// <summary>Mean over the examples of (ρ_i at β − ρ_i at 0)·ρ_j at 0 / β of each copy (Scellier et al. 2018).</summary>
    public (double[] InHidden, double[] HiddenOut, double[] OutHidden) VectorFieldContrast(IStimulusSet examples, double beta)
    {
        double[] below = new double[InHidden.Length];
        double[] up = new double[HiddenOut.Length];
        double[] down = new double[HiddenOut.Length];
        double scale = 1 / beta / examples.Count;
        for (int example = 0; example < examples.Count; example++)
        {
            (double[] x, double[] h0, double[] o0) = Relax(examples, example, 0);
            (_, double[] h1, double[] o1) = Relax(examples, example, beta);
            for (int i = 0; i < _hidden; i++)
            {
                for (int j = 0; j < _inputs; j++)
                    below[(i * _inputs) + j] += (h1[i] - h0[i]) * x[j] * scale;
                for (int k = 0; k < _outputs; k++)
                {
                    up[(k * _hidden) + i] += (o1[k] - o0[k]) * h0[i] * scale;
                    down[(i * _outputs) + k] += (h1[i] - h0[i]) * o0[k] * scale;
                }
            }
        }

        return (below, up, down);
    }

    public static double Cosine(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        (double dot, double aa, double bb) = (0, 0, 0);
        for (int i = 0; i < a.Count; i++)
            (dot, aa, bb) = (dot + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i]));
        return dot / Math.Sqrt(aa * bb);
    }

    private double Feedback(int hidden, int output) =>
        _outHidden is null ? HiddenOut[(output * _hidden) + hidden] : _outHidden[(hidden * _outputs) + output];

    private double[] Descent(IStimulusSet examples, double[] weights)
    {
        const double Nudge = 1e-5;
        double[] descent = new double[weights.Length];
        for (int w = 0; w < weights.Length; w++)
        {
            double kept = weights[w];
            weights[w] = kept + Nudge;
            double up = Cost(examples);
            weights[w] = kept - Nudge;
            double down = Cost(examples);
            weights[w] = kept;
            descent[w] = (down - up) / (2 * Nudge);
        }

        return descent;
    }

    private double Cost(IStimulusSet examples)
    {
        double cost = 0;
        for (int example = 0; example < examples.Count; example++)
        {
            (_, _, double[] o) = Relax(examples, example, 0);
            for (int k = 0; k < _outputs; k++)
            {
                double error = (examples.LabelOf(example) == k ? 1 : 0) - o[k];
                cost += error * error / 2 / examples.Count;
            }
        }

        return cost;
    }

    private (double[] X, double[] Hidden, double[] Output) Relax(IStimulusSet examples, int example, double beta)
    {
        float[] values = new float[_inputs];
        examples.CopyInput(example, values);
        double[] x = [.. values.Select(value => (double)value)];
        double[] h = new double[_hidden];
        double[] o = new double[_outputs];
        for (int step = 0; step < Steps; step++)
        {
            double[] nextH = new double[_hidden];
            double[] nextO = new double[_outputs];
            for (int i = 0; i < _hidden; i++)
            {
                double drive = HiddenBias[i];
                for (int j = 0; j < _inputs; j++)
                    drive += InHidden[(i * _inputs) + j] * x[j];
                for (int k = 0; k < _outputs; k++)
                    drive += Feedback(i, k) * o[k];
                nextH[i] = Math.Clamp(h[i] + (0.25 * (drive - h[i])), 0, 1);
            }

            for (int k = 0; k < _outputs; k++)
            {
                double target = examples.LabelOf(example) == k ? 1 : 0;
                double drive = OutBias[k] + (beta * (target - o[k]));
                for (int i = 0; i < _hidden; i++)
                    drive += HiddenOut[(k * _hidden) + i] * h[i];
                nextO[k] = Math.Clamp(o[k] + (0.25 * (drive - o[k])), 0, 1);
            }

            (h, o) = (nextH, nextO);
        }

        return (x, h, o);
    }
}
