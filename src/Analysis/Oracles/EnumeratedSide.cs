using Nudge.Models;

namespace Nudge.Oracles;

/// <summary>
/// A Boltzmann machine seen from the side whose states are enumerated; the units of the other side, independent given
/// these, are summed over in closed form. All parameters are multiplied by the inverse temperature.
/// </summary>
/// <param name="Units">Number of enumerated units.</param>
/// <param name="Summed">Number of units summed over.</param>
/// <param name="Weights">Enumerated × summed, row by row.</param>
/// <param name="Bias">One value per enumerated unit.</param>
/// <param name="SummedBias">One value per summed unit.</param>
/// <param name="Couplings">Enumerated × enumerated, symmetric with a zero diagonal, or none.</param>
internal sealed record EnumeratedSide(
    int Units, int Summed, double[] Weights, double[] Bias, double[] SummedBias, double[]? Couplings)
{
    internal const int Limit = 20;

    /// <summary>
    /// Whether the hidden side is the one to enumerate: the smaller one, but couplings leave no choice.
    /// </summary>
    internal static bool PrefersHidden(BoltzmannParameters machine) =>
        machine.Couplings is not null || machine.Hidden <= machine.Visible;

    internal static EnumeratedSide Of(BoltzmannParameters machine, bool hidden)
    {
        machine.ThrowIfMisshapen();
        string side = machine.Couplings is null ? "the smaller side" : "the coupled hidden side";
        OracleTooLargeException.ThrowIfAbove(Limit, hidden ? machine.Hidden : machine.Visible, side);
        double beta = machine.InverseTemperature;
        return hidden
            ? new(
                machine.Hidden,
                machine.Visible,
                Scale(machine.Weights, beta),
                Scale(machine.HiddenBias, beta),
                Scale(machine.VisibleBias, beta),
                machine.Couplings is null ? null : Scale(machine.Couplings, beta))
            : new(
                machine.Visible,
                machine.Hidden,
                Transpose(Scale(machine.Weights, beta), machine.Hidden, machine.Visible),
                Scale(machine.VisibleBias, beta),
                Scale(machine.HiddenBias, beta),
                null);
    }

    /// <summary>The coupled hidden units with the visible ones held at a row: nothing is left to sum over.</summary>
    internal static EnumeratedSide Clamped(BoltzmannParameters machine, ReadOnlySpan<float> row)
    {
        OracleTooLargeException.ThrowIfAbove(Limit, machine.Hidden, "the coupled hidden side");
        double beta = machine.InverseTemperature;
        return new(
            machine.Hidden,
            0,
            [],
            Scale(HiddenField(machine, row), beta),
            [],
            machine.Couplings is null ? null : Scale(machine.Couplings, beta));
    }

    /// <summary>b + Wv.</summary>
    internal static double[] HiddenField(BoltzmannParameters machine, ReadOnlySpan<float> row)
    {
        double[] field = (double[])machine.HiddenBias.Clone();
        // Most pixels of an image are off, and this is asked for every image of a set.
        int[] on = new int[row.Length];
        int count = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] != 0)
                on[count++] = j;
        }

        for (int i = 0; i < field.Length; i++)
        {
            foreach (int j in on.AsSpan(0, count))
                field[i] += machine.Weights[(i * row.Length) + j] * row[j];
        }

        return field;
    }

    internal static double[] Transpose(double[] matrix, int rows, int columns)
    {
        double[] transposed = new double[matrix.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                transposed[(j * rows) + i] = matrix[(i * columns) + j];
        }

        return transposed;
    }

    private static double[] Scale(double[] values, double factor) => [.. values.Select(value => factor * value)];
}
