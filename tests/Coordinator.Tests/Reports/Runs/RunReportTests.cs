using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports.Runs;

namespace Nudge.Coordinator.Tests.Reports.Runs;

public sealed class RunReportTests
{
    [Fact]
    public async Task The_report_of_a_run_tells_what_was_run_and_what_came_out()
    {
        using var folder = new TemporaryFolder();
        string run = await ReportedRun.MakeAsync(folder);
        var summary = RunSummary.Parse(File.ReadAllText(Path.Combine(run, RunFiles.Summary)));

        IDocument page = Page(run);

        Assert.Equal("xor, seed 7", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Finished after 200 of 200 presentations.", page.QuerySelector(".state")!.TextContent);
        Assert.Null(page.QuerySelector(".notes"));
        Assert.StartsWith(
            (100 * summary.Accuracy!.Value).ToString("0.0", CultureInfo.InvariantCulture), Tile(page, "Held-out accuracy"), StringComparison.Ordinal);
        Assert.Equal($"{summary.Evaluations[^1].Undecided + summary.Evaluations[^1].Unanswered}", Tile(page, "Undecided"));
        Assert.Equal(["links.activity.loss.rate", "0.25"], Row(page, "Settings that differ from defaults", "links.activity.loss.rate")[..2]);
        Assert.DoesNotContain("time.step", page.Body!.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal(summary.Data!.Train.Sha256, Row(page, "Data", "training")[2]);
        Assert.Equal(summary.EventHash, Row(page, "Program", "event hash")[1]);
        Assert.Equal(summary.Commit ?? "not recorded", Row(page, "Program", "commit")[1]);
        Assert.Equal(
            [summary.Ledger.Sent, summary.Ledger.Delivered, summary.Ledger.Lost, summary.Ledger.Cut, summary.Ledger.RealLost],
            Row(page, "Ledger", "all")[1..6].Select(cell => long.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture)));
        Assert.Equal("half-lost", Row(page, "Interventions", "1")[3]);
        Assert.Equal("yes", Row(page, "Interventions", "1")[7]);
        Assert.Equal(summary.Warnings.Count > 0, page.QuerySelectorAll("h2").Any(one => one.TextContent == "Warnings"));
    }

    [Fact]
    public async Task The_experiment_in_the_report_is_that_of_the_run_with_its_interventions()
    {
        using var folder = new TemporaryFolder();
        string run = await ReportedRun.MakeAsync(folder);

        IDocument page = Page(run);

        string[] code = [.. page.QuerySelectorAll("pre").Select(one => one.TextContent)];
        Assert.Equal($"nudge run --replay '{run}'", code[0]);
        ExperimentSettings again = ExperimentFile.Parse("the report", code[1], [], null).Settings;
        ExperimentSettings then = ExperimentFile.Load(Path.Combine(run, RunFiles.Experiment), [], null).Settings;
        Assert.Equal(["half-lost", "whole-again"], again.Interventions.Keys);
        Assert.All(again.Interventions.Values, one => Assert.NotNull(one.At!.Phase));
        Assert.Empty(SettingsComparison.Between(then with { Interventions = again.Interventions }, again));
    }

    [Fact]
    public async Task Every_figure_has_words_and_the_page_names_no_other_file()
    {
        using var folder = new TemporaryFolder();
        string run = await ReportedRun.MakeAsync(folder);

        IDocument page = Page(run);

        IElement[] figures = [.. page.QuerySelectorAll("figure:not([hidden])")];
        Assert.Equal(
            ["curve", "ledger", "staleness", "norms", "units", "symmetry", "alignment"],
            figures.Select(figure => figure.QuerySelector("[role=img]")!.Id!));
        Assert.All(figures, figure => Assert.True(figure.QuerySelector("[role=img]")!.GetAttribute("aria-label")!.Length > 20));
        string[] outside = [.. page.All.SelectMany(one => one.Attributes).Where(one => one.Name is "src" or "href" or "srcset").Select(one => one.Value)];
        Assert.All(outside, address => Assert.StartsWith("data:", address, StringComparison.Ordinal));
        Assert.True(new FileInfo(Path.Combine(run, RunFiles.Report)).Length < 2_000_000);
        JsonElement data = JsonDocument.Parse(page.GetElementById("data")!.TextContent).RootElement;
        Assert.Equal(2, data.GetProperty("interventions").GetArrayLength());
        Assert.Equal(3, data.GetProperty("alignment").GetArrayLength());
    }

    [Fact]
    public async Task A_run_without_results_is_reported_from_what_it_has_written()
    {
        using var folder = new TemporaryFolder();
        string run = await ReportedRun.MakeAsync(folder);
        File.Delete(Path.Combine(run, RunFiles.Summary));

        IDocument page = Page(run);

        Assert.Contains("it failed, or was killed, after 200 of 200 presentations", page.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("%", Tile(page, "Held-out accuracy"), StringComparison.Ordinal);
        Assert.Equal("half-lost", Row(page, "Interventions", "1")[3]);
        Assert.DoesNotContain(page.QuerySelectorAll("h2"), one => one.TextContent == "Ledger");
        Assert.True(page.GetElementById("figure-ledger")!.HasAttribute("hidden"));
        Assert.False(page.GetElementById("figure-curve")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Damaged_files_are_named_and_the_rest_is_reported()
    {
        using var folder = new TemporaryFolder();
        string run = await ReportedRun.MakeAsync(folder);
        string metrics = Path.Combine(run, RunFiles.Metrics);
        string[] lines = File.ReadAllLines(metrics);
        lines[3] = "<script>alert(1)</script>";
        File.WriteAllLines(metrics, lines);
        File.WriteAllText(Path.Combine(run, RunFiles.Interventions), "{\n");
        File.WriteAllText(Path.Combine(run, RunFiles.Experiment), "populations: [");

        IDocument page = Page(run);

        string[] notes = [.. page.QuerySelectorAll(".notes li").Select(one => one.TextContent)];
        Assert.Equal(3, notes.Length);
        Assert.Contains(notes, one => one.StartsWith("metrics.csv:4: damaged", StringComparison.Ordinal));
        Assert.Contains(notes, one => one.StartsWith("interventions.jsonl cannot be read", StringComparison.Ordinal));
        Assert.Contains(notes, one => one.StartsWith("experiment.yaml holds no valid experiment", StringComparison.Ordinal));
        JsonElement data = JsonDocument.Parse(page.GetElementById("data")!.TextContent).RootElement;
        Assert.Equal(2, data.GetProperty("curve").GetArrayLength());
        // Without its interventions the experiment would be another one.
        Assert.Empty(page.QuerySelectorAll("pre"));
    }

    [Theory]
    [InlineData("""{"name": "xor"}""")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    public void A_folder_of_which_nothing_can_be_read_is_refused(string summary)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(RunFiles.Summary), summary);

        OutputException error = Assert.Throws<OutputException>(() => RunRecord.Read(folder.Path));

        Assert.Contains("none of its files can be read: run.json", error.Message, StringComparison.Ordinal);
    }

    private static IDocument Page(string run) => new HtmlParser().ParseDocument(File.ReadAllText(ReportedRun.Report(run)));

    private static string Tile(IDocument page, string name) =>
        page.QuerySelectorAll(".tiles > div").Single(one => one.QuerySelector("dt")!.TextContent == name).QuerySelector("dd")!.TextContent;

    /// <summary>The cells of a row, by its first one, in the part of the page that a heading begins.</summary>
    private static string[] Row(IDocument page, string heading, string first)
    {
        for (IElement? at = page.QuerySelectorAll("h2").Single(one => one.TextContent == heading).NextElementSibling; at is { LocalName: not "h2" }; at = at.NextElementSibling)
        {
            foreach (IElement row in at.QuerySelectorAll("tr").Where(row => row.Children[0].TextContent == first))
                return [.. row.Children.Select(cell => cell.TextContent)];
        }

        throw new KeyNotFoundException($"{heading}: {first}");
    }
}
