using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nudge.Experiments;
using Nudge.Reports.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>The published studies state what their runs gave, and their experiment files are those of the runs.</summary>
public sealed partial class StudyTests
{
    private const int FewestSeeds = 5;

    public static TheoryData<string> Sweeps() => [.. SweepNames()];

    public static TheoryData<string> Pages() => [.. PageNames()];

    [Fact]
    public void Every_experiment_of_a_study_was_run() => Assert.Equal(
        Directory.GetFiles(Experiments(), "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        SweepNames());

    [Fact]
    public void Every_sweep_has_a_page() => Assert.Equal(
        SweepNames(),
        PageNames().SelectMany(page => Links(File.ReadAllText(Path.Combine(Docs(), page)))).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Tables_are_those_of_the_runs_and_the_experiment_is_the_one_that_ran(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { SweepFiles.Definition, SweepFiles.Journal })
            File.Copy(Path.Combine(Docs(), name, file), folder.File(file));
        using SweepDirectory sweep = SweepDirectory.Open(folder.Path, "report");
        await sweep.WriteTablesAsync();
        SweepReport.Write(sweep);

        AssertSameRuns(PlanOf(name), sweep.Plan);
        Assert.Equal($"nudge sweep experiments/studies/{name}.yaml", sweep.Plan.Definition.Command);
        // Where files lay on the machine that made the runs is of no use to others.
        Assert.Null(sweep.Plan.Definition.Data ?? sweep.Plan.Definition.UsualData ?? sweep.Plan.Definition.Folder);
        Assert.True(sweep.Complete);
        Assert.True(sweep.Plan.Definition.Seeds >= FewestSeeds);
        Assert.All(sweep.Rows, row => Assert.Equal("done", row.Status));
        foreach (string file in new[] { SweepFiles.Summary, SweepFiles.Csv })
            Assert.Equal(File.ReadAllText(Path.Combine(Docs(), name, file)), File.ReadAllText(folder.File(file)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_fraction_that_a_page_states_is_in_the_summaries_that_it_links_to(string page)
    {
        string text = File.ReadAllText(Path.Combine(Docs(), page));
        HashSet<string> known =
        [
            .. Links(text).SelectMany(name => Fraction().Matches(File.ReadAllText(Path.Combine(Docs(), name, SweepFiles.Summary))))
                .Select(match => match.Value),
            .. Baseline().Matches(text).SelectMany(match => MeansOf(Path.Combine(Docs(), match.Groups[1].Value))),
        ];

        string[] stated = [.. Fraction().Matches(Code().Replace(text, "")).Select(match => match.Value)];
        Assert.NotEmpty(stated);
        Assert.All(stated, number => Assert.Contains(number, known));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_figure_of_a_page_is_there(string page)
    {
        string text = File.ReadAllText(Path.Combine(Docs(), page));

        Assert.NotEmpty(Picture().Matches(text));
        Assert.All(Picture().Matches(text), match => Assert.True(File.Exists(Path.Combine(Docs(), match.Groups[1].Value)), match.Value));
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void The_experiment_of_a_study_is_valid_without_a_warning(string name) =>
        Assert.Empty(ExperimentFile.Load(FileOf(name), [], null).Warnings);

    [Fact]
    public void An_experiment_that_means_other_settings_is_not_the_one_that_ran()
    {
        SweepPlan plan = PlanOf("phases");
        string other = plan.Definition.Text.Replace("rate: 0.08", "rate: 0.09", StringComparison.Ordinal);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => AssertSameRuns(plan, SweepPlan.Make(plan.Definition with { Text = other }, yes: true)));
    }

    // Mean accuracy and rate of the runs at each rate, as pages write them.
    private static IEnumerable<string> MeansOf(string baseline)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(baseline));
        var runs = file.RootElement.GetProperty("runs").EnumerateArray()
            .Select(run => (Rate: run.GetProperty("rate").GetDouble(), Accuracy: run.GetProperty("accuracy").GetDouble())).ToArray();
        Assert.All(runs.GroupBy(run => run.Rate), rate => Assert.True(rate.Count() >= FewestSeeds));
        return runs.GroupBy(run => run.Rate).SelectMany(rate => new[]
        {
            (rate.Average(run => run.Accuracy) * 100).ToString("F1", CultureInfo.InvariantCulture),
            rate.Key.ToString(CultureInfo.InvariantCulture),
        });
    }

    // The text may change its form: what both files mean, point by point, must not.
    private static void AssertSameRuns(SweepPlan expected, SweepPlan actual)
    {
        Assert.Equal(expected.Definition.Seeds, actual.Definition.Seeds);
        Assert.Equal(expected.Definition.Measure, actual.Definition.Measure);
        Assert.Equal(RunsOf(expected), RunsOf(actual));
    }

    private static IEnumerable<string> RunsOf(SweepPlan plan) => plan.Jobs()
        .Where(run => run.Job.Settings.Seed == 1)
        .Select(run => $"{plan.Grid.Describe(run.Point)}: {SettingsWriter.ToJson(run.Job.Settings).ToJsonString()}");

    private static SweepPlan PlanOf(string name) => SweepPlan.Make(SweepDefinition.Of(new() { File = FileOf(name) }), yes: true);

    private static string FileOf(string name) => Path.Combine(Experiments(), $"{name}.yaml");

    private static string[] SweepNames() =>
    [
        .. Directory.GetFiles(Docs(), SweepFiles.Definition, SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal),
    ];

    private static string[] PageNames() =>
    [
        .. Directory.GetFiles(Docs(), "*.md").Where(file => Links(File.ReadAllText(file)).Any())
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Links(string text) => Link().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    private static string Docs() => Path.Combine(Root(), "docs", "studies");

    private static string Experiments() => Path.Combine(Root(), "experiments", "studies");

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"\(([a-z-]+)/summary\.md\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"\(([a-z-]+\.json)\)")]
    private static partial Regex Baseline();

    [GeneratedRegex(@"[0-9]+\.[0-9]+")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"```.*?```|`[^`]*`", RegexOptions.Singleline)]
    private static partial Regex Code();
}
