using Nudge.Recording;

namespace Nudge.Reproductions.Results;

/// <summary>Names and writing of the files that a reproduction leaves.</summary>
public static class ReproductionFiles
{
    /// <summary>A row a run.</summary>
    public const string Results = "results.csv";

    /// <summary>The arms and verdicts, for programs.</summary>
    public const string Summary = "summary.json";

    /// <summary>The arms and verdicts, for people.</summary>
    public const string Table = "table.md";

    /// <summary>The figure of the arms, without the ending <c>.png</c> or <c>.svg</c>.</summary>
    public const string Figure = "figure";

    /// <summary>The figure of the learning curves, without the ending.</summary>
    public const string Curves = "curves";

    /// <summary>Writes the tables.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="results">The runs.</param>
    /// <param name="summary">Their sum.</param>
    /// <exception cref="OutputException">They cannot be written.</exception>
    public static void WriteTables(RunDirectory directory, ReproductionResults results, ReproductionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(summary);
        directory.WriteText(Results, ResultsFile.Text(results.Outcomes));
        directory.WriteText(Summary, summary.ToJson() + "\n");
        directory.WriteText(Table, MarkdownTable.Text(summary, results.Reproduction.Measure));
    }
}

/// <summary>Draws the figures of a reproduction, whose runs do not depend on plotting.</summary>
public interface IReproductionFigures
{
    /// <summary>Draws into the reproduction's folder, under the names in <see cref="ReproductionFiles"/>.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="results">The runs.</param>
    /// <param name="summary">Their sum.</param>
    /// <exception cref="OutputException">A figure cannot be written.</exception>
    void Draw(RunDirectory directory, ReproductionResults results, ReproductionSummary summary);
}
