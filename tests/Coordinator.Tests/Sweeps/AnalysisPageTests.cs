using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>The Python of docs/analysis.md, run on a small sweep: it prints the program's own numbers.</summary>
public sealed class AnalysisPageTests
{
    private const int FromParquet = 0;
    private const int FromCsv = 1;
    private static readonly string[] Rates = ["0", "0.3", "0.6", "0.9"];

    [SkippableFact]
    public Task With_a_parquet_engine_its_lines_print_the_numbers_of_the_program() => CheckAsync(
        FromParquet, Python.With(["numpy", "pandas"], anyOf: ["pyarrow", "fastparquet"]));

    [SkippableFact]
    public Task From_csv_its_lines_print_the_numbers_of_the_program() => CheckAsync(
        FromCsv, Python.With(["numpy", "pandas"], anyOf: []));

    [Fact]
    public async Task The_table_has_the_columns_that_the_page_names()
    {
        using var folder = new TemporaryFolder();
        await SweepAsync(folder.File("loss"));

        string page = string.Join(' ', Checkout.Lines("docs", "analysis.md"));

        Assert.Contains($"`{Cells(folder, 0).Aggregate((before, name) => $"{before}, {name}")}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_sql_gives_the_means_of_the_program_in_duckdb()
    {
        using var folder = new TemporaryFolder();
        SweepSummary summary = await SweepAsync(folder.File("loss"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = Assert.Single(Blocks("sql")).Replace("'loss/", $"'{folder.File("loss")}/", StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        foreach (PointSummary point in summary.Points)
        {
            Assert.True(reader.Read());
            Assert.Equal(point.Done, reader.GetInt64(1));
            Assert.Equal(point.Mean!.Value, reader.GetDouble(2), 1e-9);
        }

        Assert.False(reader.Read());
    }

    [SkippableFact]
    public async Task Its_lines_of_r_print_the_numbers_of_the_program()
    {
        using var folder = new TemporaryFolder();
        SweepSummary summary = await SweepAsync(folder.File("loss"));
        File.WriteAllText(folder.File("page.R"), Assert.Single(Blocks("r")));
        using Process r = StartR(folder.Path);
        Task<string> error = r.StandardError.ReadToEndAsync();
        string printed = await r.StandardOutput.ReadToEndAsync();
        await r.WaitForExitAsync();
        Assert.True(r.ExitCode == 0, await error);

        string[] lines = [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        for (int i = 0; i < Rates.Length; i++)
            Assert.Equal(summary.Points[i].Mean!.Value, Number(lines[1 + i].Split(' ')[^1]), 1e-5);
        double symmetry = Number(Cells(folder, 1)[Array.IndexOf(Cells(folder, 0), "symmetry")]);
        Assert.Equal(symmetry, Number(lines[^1].Split(' ')[^1]), 1e-5);
    }

    private static Process StartR(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("Rscript", ["page.R"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception error)
        {
            Skip.If(true, $"Rscript: {error.Message}");
            throw;
        }
    }

    private static async Task CheckAsync(int reader, Python python)
    {
        using var folder = new TemporaryFolder();
        SweepSummary summary = await SweepAsync(folder.File("loss"));
        string[] blocks = Blocks();
        Assert.Equal(4, blocks.Length);

        string printed = await python.RunAsync(folder.Path, string.Join('\n', blocks[reader], blocks[2], blocks[3]));

        string[][] lines =
            [.. printed.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0)];
        AssertCurve(summary, lines[2..6]);
        AssertWeights(folder, lines[6..]);
    }

    private static void AssertCurve(SweepSummary summary, string[][] lines)
    {
        Assert.Contains(summary.Points, point => point.High > point.Mean);
        for (int i = 0; i < Rates.Length; i++)
        {
            PointSummary point = summary.Points[i];
            double[] numbers = [.. lines[i].Select(Number)];
            Assert.Equal(Number(Rates[i]), numbers[0]);
            Assert.Equal(point.Done, numbers[1]);
            Assert.Equal(point.Mean!.Value, numbers[2], 1e-4);
            // The command's interval ends at 100 %.
            Assert.Equal(point.High!.Value - point.Mean.Value, Math.Min(numbers[4], 1 - point.Mean.Value), 1.5e-4);
        }
    }

    // Each line: folder, shape in two words, type, cosine, and the table's own.
    private static void AssertWeights(TemporaryFolder folder, string[][] lines)
    {
        int symmetry = Array.IndexOf(Cells(folder, 0), "symmetry");
        Assert.Equal(Rates.Length, lines.Length);
        for (int i = 0; i < Rates.Length; i++)
        {
            string[] row = Cells(folder, 1 + (5 * i));
            Assert.Equal([row[^1], "(10,", "12)", "float32"], lines[i][..4]);
            Assert.Equal(Number(row[symmetry]), Number(lines[i][4]), 1e-4);
            Assert.Equal(Number(row[symmetry]), Number(lines[i][5]), 1e-4);
        }
    }

    // The page's own sweep with fewer and smaller runs.
    private static Task<SweepSummary> SweepAsync(string folder) => TinySweep.RunAsync(
        folder,
        SweepPlan.Make(
            SweepDefinition.Of(new()
            {
                File = "digits",
                Vary = [$"links.activity.loss.rate={string.Join(',', Rates)}"],
                Set =
                [
                    "run.presentations=60", "run.evaluateEvery=60", "run.evaluateExamples=60", "run.checkpointEvery=0",
                    "data.train=200", "data.test=60", "populations.hidden.size=12",
                ],
                Seeds = 5,
                KeepRuns = true,
            }),
            yes: false),
        workers: 2);

    private static string[] Cells(TemporaryFolder folder, int line) =>
        File.ReadLines(folder.File($"loss/{SweepFiles.Csv}")).ElementAt(line).Split(',');

    private static string[] Blocks(string language = "python") =>
    [
        .. string.Join('\n', Checkout.Lines("docs", "analysis.md")).Split($"```{language}\n").Skip(1)
            .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
