using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>Gradients of one prediction.</summary>
/// <param name="Weights">Units × sources, row by row.</param>
/// <param name="Bias">One value per unit.</param>
public sealed record PredictionGradient(double[] Weights, double[] Bias);

/// <summary>
/// The mean updates of wake-sleep, exactly, by enumerating the states of each two neighbouring layers (Hinton, Dayan, Frey and Neal
/// 1995): at most 20 units together, the visible ones among them.
/// </summary>
/// <param name="Generative">
/// For each layer, the gradient of E_data E_q(h|v) log p(v, h) by what generates it: the mean of a positive phase.
/// </param>
/// <param name="Recognition">
/// For each layer above the visible one, the gradient of E_p(v,h) log q(h|v) by how it recognises: the mean of a negative phase.
/// </param>
public sealed record HelmholtzGradient(
    IReadOnlyList<PredictionGradient> Generative, IReadOnlyList<PredictionGradient> Recognition)
{
    /// <summary>Finds the gradients of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="rows">The data, one 0 or 1 per visible unit.</param>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="Models.OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static HelmholtzGradient Of(HelmholtzParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        ExactHelmholtz.RequireSmall(ExactHelmholtz.UnitsToEnumerate(machine.Generative.Select(layer => layer.Units)));
        return new(Wake(machine, DataDistribution(machine, rows)), Sleep(machine));
    }

    private static double[] DataDistribution(HelmholtzParameters machine, IReadOnlyList<float[]> rows)
    {
        double[] data = new double[1 << machine.Visible];
        foreach ((float[] row, int count) in BinaryPatterns.Count(rows, machine.Visible))
        {
            int state = 0;
            for (int unit = 0; unit < row.Length; unit++)
                state |= row[unit] == 1 ? 1 << unit : 0;
            data[state] = (double)count / rows.Count;
        }

        return data;
    }

    private static List<PredictionGradient> Wake(HelmholtzParameters machine, double[] states)
    {
        var gradients = new List<PredictionGradient>();
        for (int layer = 0; layer < machine.Recognition.Count; layer++)
        {
            (states, PredictionGradient gradient) = Carry(states, machine.Recognition[layer], machine.Generative[layer]);
            gradients.Add(gradient);
        }

        BinaryPrediction top = machine.Generative[^1];
        double[] fields = new double[top.Units];
        top.Fields(0UL, fields);
        double[] bias = [.. fields.Select(field => -Logistic.Sigmoid(field))];
        for (int state = 0; state < states.Length; state++)
        {
            for (int unit = 0; unit < bias.Length; unit++)
                bias[unit] += states[state] * (state >> unit & 1);
        }

        gradients.Add(new([], bias));
        return gradients;
    }

    private static List<PredictionGradient> Sleep(HelmholtzParameters machine)
    {
        BinaryPrediction top = machine.Generative[^1];
        double[] fields = new double[top.Units];
        top.Fields(0UL, fields);
        double[] states = new double[1 << top.Units];
        BinaryPrediction.Distribution(fields, states);
        var gradients = new List<PredictionGradient>();
        for (int layer = machine.Recognition.Count - 1; layer >= 0; layer--)
        {
            (states, PredictionGradient gradient) = Carry(states, machine.Generative[layer], machine.Recognition[layer]);
            gradients.Insert(0, gradient);
        }

        return gradients;
    }

    /// <summary>
    /// Samples a layer from its neighbour, and teaches the prediction of the neighbour from it: Σ P(x) P(y|x) (x − E[x|y]) yᵀ.
    /// </summary>
    /// <param name="states">P(x).</param>
    /// <param name="sampled">y from x.</param>
    /// <param name="taught">x from y.</param>
    private static (double[] Sampled, PredictionGradient Taught) Carry(
        double[] states, BinaryPrediction sampled, BinaryPrediction taught)
    {
        double[] weights = new double[taught.Units * taught.Sources];
        double[] bias = new double[taught.Units];
        double[] sum = new double[1 << sampled.Units];
        double[] given = new double[sum.Length];
        double[] fields = new double[sampled.Units];
        // For each y, Σ_x P(x, y) x, from which the mean of what is predicted goes off at the end.
        double[][] on = [.. sum.Select(_ => new double[taught.Units])];
        for (int x = 0; x < states.Length; x++)
        {
            if (states[x] == 0)
                continue;
            sampled.Fields((ulong)x, fields);
            BinaryPrediction.Distribution(fields, given);
            for (int y = 0; y < sum.Length; y++)
            {
                double joint = states[x] * given[y];
                sum[y] += joint;
                for (int unit = 0; unit < taught.Units; unit++)
                    on[y][unit] += joint * (x >> unit & 1);
            }
        }

        double[] predicted = new double[taught.Units];
        for (int y = 0; y < sum.Length; y++)
        {
            taught.Fields((ulong)y, predicted);
            for (int unit = 0; unit < taught.Units; unit++)
            {
                double difference = on[y][unit] - (sum[y] * Logistic.Sigmoid(predicted[unit]));
                bias[unit] += difference;
                for (int source = 0; source < taught.Sources; source++)
                    weights[(unit * taught.Sources) + source] += difference * (y >> source & 1);
            }
        }

        return (sum, new(weights, bias));
    }
}
