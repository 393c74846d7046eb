using Nudge.Truth;

namespace Nudge.Recording;

/// <summary>One row of truth.csv: a reading of the truth meter. What cannot be known is null.</summary>
/// <param name="Presentations">Stimuli shown before it.</param>
/// <param name="Cosine">Of the angle between the mean update and the exact gradient.</param>
/// <param name="SignAgreement">Share of entries with the sign of the gradient.</param>
/// <param name="Bias">Length of the mean update's error over that of the gradient.</param>
/// <param name="BiasError">What <paramref name="Bias"/> would be about without any bias.</param>
/// <param name="Slope">The mean update along the gradient: 1 without bias.</param>
/// <param name="SlopeError">Its standard error.</param>
/// <param name="Variance">Total variance of the update of one phase.</param>
/// <param name="CostCosine">Cosine with the descent of the cost; equilibrium models only.</param>
public sealed record TruthRow(
    long Presentations,
    double? Cosine,
    double? SignAgreement,
    double? Bias,
    double? BiasError,
    double? Slope,
    double? SlopeError,
    double? Variance,
    double? CostCosine)
{
    internal const string Header =
        "presentations,cosine,signAgreement,bias,biasError,slope,slopeError,variance,costCosine";

    /// <summary>The row of a reading.</summary>
    /// <param name="presentations">Stimuli shown before it.</param>
    /// <param name="reading">The reading.</param>
    public static TruthRow Of(long presentations, TruthReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        TruthFigures all = reading.All;
        return new(
            presentations,
            Known(all.Cosine),
            Known(all.SignAgreement),
            Known(all.Bias),
            Known(all.BiasError),
            Known(all.Slope),
            Known(all.SlopeError),
            Known(all.Variance),
            reading.CostCosine);
    }

    /// <summary>The row as a line of the file; numbers read back as the same bits.</summary>
    public string ToLine() => string.Join(
        ',',
        [
            Cells.Text(Presentations),
            .. new[] { Cosine, SignAgreement, Bias, BiasError, Slope, SlopeError, Variance, CostCosine }
                .Select(Cells.Text),
        ]);

    /// <summary>Reads a line of the file.</summary>
    /// <param name="line">A line but the first.</param>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static TruthRow Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] cells = line.Split(',');
        Cells.ThrowIfOther(cells, Header);
        double?[] values = [.. cells.Skip(1).Select(Cells.Perhaps)];
        return new(
            Cells.Whole(cells[0]),
            values[0],
            values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            values[7]);
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
