using System.Globalization;

namespace Nudge.Recording;

/// <summary>One row of metrics.csv.</summary>
/// <param name="Presentations">Stimuli shown so far.</param>
/// <param name="SimulatedTau">Time that has passed for the network, in τ.</param>
/// <param name="Phases">Phases begun so far.</param>
/// <param name="RunningAccuracy">Share of correct answers in training of late, or not-a-number.</param>
/// <param name="Accuracy">Share of correct answers of an evaluation made here, or null.</param>
/// <param name="Examples">Held-out examples of that evaluation.</param>
/// <param name="LearnedPositive">Updates learned with positive importance, by all populations.</param>
/// <param name="LearnedNegative">With negative importance.</param>
/// <param name="Gated">Held back by the coherence gate.</param>
/// <param name="B">The b that the present phase was drawn with.</param>
/// <param name="WallSeconds">Wall time so far; the only column that two runs of one seed do not share.</param>
public sealed record MetricsRow(
    long Presentations,
    double SimulatedTau,
    long Phases,
    double RunningAccuracy,
    double? Accuracy,
    int Examples,
    long LearnedPositive,
    long LearnedNegative,
    long Gated,
    double B,
    double WallSeconds)
{
    internal const string Header = "presentations,simulatedTau,phases,runningAccuracy,accuracy,examples,"
        + "learnedPositive,learnedNegative,gated,b,wallSeconds";

    /// <summary>The row as a line of the file; numbers read back as the same bits.</summary>
    public string ToLine() => string.Join(
        ',',
        Text(Presentations),
        Text(SimulatedTau),
        Text(Phases),
        double.IsNaN(RunningAccuracy) ? "" : Text(RunningAccuracy),
        Accuracy is double accuracy ? Text(accuracy) : "",
        Text(Examples),
        Text(LearnedPositive),
        Text(LearnedNegative),
        Text(Gated),
        Text(B),
        WallSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Reads a line of the file.</summary>
    /// <param name="line">A line but the first.</param>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static MetricsRow Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] cells = line.Split(',');
        if (cells.Length != Header.Count(letter => letter == ',') + 1)
            throw new FormatException($"expected the columns {Header}");
        return new(
            Whole(cells[0]),
            Real(cells[1]),
            Whole(cells[2]),
            cells[3].Length == 0 ? double.NaN : Real(cells[3]),
            cells[4].Length == 0 ? null : Real(cells[4]),
            (int)Whole(cells[5]),
            Whole(cells[6]),
            Whole(cells[7]),
            Whole(cells[8]),
            Real(cells[9]),
            Real(cells[10]));
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static long Whole(string cell) => long.Parse(cell, CultureInfo.InvariantCulture);

    private static double Real(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
