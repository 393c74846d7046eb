using System.Globalization;
using System.Text.Json;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The cells of docs/notebooks/first-look.ipynb, run on a small run and a small sweep.</summary>
public sealed class NotebookTests
{
    private static readonly string[] Figures = ["learning.png", "fields.png", "loss.png"];

    [SkippableFact]
    public async Task The_notebook_prints_the_numbers_of_the_program_and_draws_its_figures()
    {
        Python python = Python.With(["numpy", "pandas", "matplotlib"], anyOf: []);
        using var folder = new TemporaryFolder();
        SweepSummary summary = await SweepAsync(folder.File("loss"));
        Directory.Move(folder.File("loss/runs/0-loss.rate=0-seed-1"), folder.File("run"));
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run/run.json")));

        string printed = await python.RunAsync(folder.Path, $"import matplotlib\nmatplotlib.use('Agg')\n{Code()}");

        string[] lines = printed.Split('\n');
        JsonElement root = results.RootElement;
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"accuracy {100 * root.GetProperty("accuracy").GetDouble():F1}%"), lines[0], StringComparison.Ordinal);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{root.GetProperty("ledger").GetProperty("sent").GetInt64():N0} messages sent"), lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" 0 unaccounted", lines[1], StringComparison.Ordinal);
        Assert.Equal(Number(lines[2].Split(' ')[1]), root.GetProperty("symmetry").GetProperty("hidden-label").GetDouble(), 1e-4);
        Assert.Equal(summary.Points.Select(point => point.Mean!.Value * 100), lines[4..6].Select(line => Number(line.Split(' ')[^1])), (one, other) => Math.Abs(one - other) <= 0.051);
        Assert.All(Figures, name => Assert.True(new FileInfo(folder.File(name)).Length > 5000, name));
    }

    [Fact]
    public void It_is_committed_without_outputs() =>
        Assert.All(Cells().Where(IsCode), cell => Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength()));

    private static string Code() => string.Join('\n', Cells().Where(IsCode).Select(Source));

    private static bool IsCode(JsonElement cell) => cell.GetProperty("cell_type").ValueEquals("code");

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    private static JsonElement[] Cells() =>
    [
        .. JsonDocument.Parse(File.ReadAllText(Checkout.PathOf("docs", "notebooks", "first-look.ipynb"))).RootElement.GetProperty("cells").EnumerateArray(),
    ];

    private static Task<SweepSummary> SweepAsync(string folder) => TinySweep.RunAsync(
        folder,
        SweepPlan.Make(
            SweepDefinition.Of(new()
            {
                File = "digits",
                Vary = ["links.activity.loss.rate=0,0.6"],
                Set =
                [
                    "run.presentations=60", "run.evaluateEvery=60", "run.evaluateExamples=60", "run.checkpointEvery=0",
                    "data.train=200", "data.test=60", "populations.hidden.size=12",
                ],
                Seeds = 3,
                KeepRuns = true,
            }),
            yes: false),
        workers: 2);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
