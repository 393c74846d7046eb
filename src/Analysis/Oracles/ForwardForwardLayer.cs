namespace Nudge.Oracles;

/// <summary>One layer of a forward-forward stack.</summary>
/// <param name="Weights">Units × inputs, row by row.</param>
/// <param name="Bias">One value per unit.</param>
public sealed record ForwardForwardLayer(double[] Weights, double[] Bias)
{
    /// <summary>relu(W x/‖x‖ + b).</summary>
    internal double[] Activity(double[] direction)
    {
        double[] activity = new double[Bias.Length];
        for (int i = 0; i < activity.Length; i++)
        {
            double sum = Bias[i];
            for (int j = 0; j < direction.Length; j++)
                sum += Weights[(i * direction.Length) + j] * direction[j];
            activity[i] = Math.Max(sum, 0);
        }

        return activity;
    }

    /// <summary>x/‖x‖; 0 stays 0.</summary>
    internal static double[] Direction(double[] values)
    {
        double length = Math.Sqrt(values.Sum(value => value * value));
        return length == 0 ? values : [.. values.Select(value => value / length)];
    }
}
