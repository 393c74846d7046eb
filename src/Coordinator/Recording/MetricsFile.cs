using System.Globalization;
using System.Text;

namespace Nudge.Recording;

/// <summary>One row of metrics.csv.</summary>
/// <param name="Presentations">Stimuli shown so far.</param>
/// <param name="SimulatedTau">Time that has passed for the network, in τ.</param>
/// <param name="Phases">Phases begun so far.</param>
/// <param name="RunningAccuracy">Share of correct answers in training of late, or not-a-number.</param>
/// <param name="Accuracy">Share of correct answers of an evaluation made here, or null.</param>
/// <param name="Examples">Held-out examples of that evaluation.</param>
/// <param name="LearnedPositive">Lane-phases learned with positive importance, by all populations.</param>
/// <param name="LearnedNegative">With negative importance.</param>
/// <param name="Gated">Held back by the coherence gate.</param>
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
    double WallSeconds);

/// <summary>metrics.csv: a row at each sample, on the disk as soon as it is made.</summary>
public sealed class MetricsFile : IDisposable
{
    private const string Header =
        "presentations,simulatedTau,phases,runningAccuracy,accuracy,examples,learnedPositive,learnedNegative,gated,wallSeconds";

    private readonly StreamWriter _writer;

    private MetricsFile(StreamWriter writer, int rows)
    {
        _writer = writer;
        Rows = rows;
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Begins the file, or goes on with it after some rows; later ones, which the state does not know, are cut.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Rows to keep.</param>
    public static MetricsFile Open(string path, int rows)
    {
        string[] kept = rows > 0 && File.Exists(path) ? [.. File.ReadLines(path).Take(rows + 1)] : [Header];
        var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (string line in kept)
            writer.WriteLine(line);
        writer.Flush();
        return new(writer, kept.Length - 1);
    }

    /// <summary>Adds a row.</summary>
    public void Add(MetricsRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string running = double.IsNaN(row.RunningAccuracy) ? "" : Text(row.RunningAccuracy, "0.######");
        string accuracy = row.Accuracy is double value ? Text(value, "0.######") : "";
        _writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Presentations},{row.SimulatedTau:0.###},{row.Phases},{running},{accuracy},{row.Examples},"
            + $"{row.LearnedPositive},{row.LearnedNegative},{row.Gated},{row.WallSeconds:0.###}"));
        _writer.Flush();
        Rows++;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
