namespace Nudge.Sweeps;

/// <summary>Names of the files in the folder of a sweep.</summary>
public static class SweepFiles
{
    /// <summary>What was asked for.</summary>
    public const string Definition = "sweep.json";

    /// <summary>Rows in the order in which runs ended.</summary>
    public const string Journal = "runs.jsonl";

    /// <summary>The table, a row a run.</summary>
    public const string Csv = "sweep.csv";

    /// <summary>The same table for programs.</summary>
    public const string Parquet = "sweep.parquet";

    /// <summary>Folder with a folder for each run, where they are kept.</summary>
    public const string Runs = "runs";

    /// <summary>The page that shows it.</summary>
    public const string Report = "report.html";

    /// <summary>The same as Markdown.</summary>
    public const string Summary = "summary.md";
}
