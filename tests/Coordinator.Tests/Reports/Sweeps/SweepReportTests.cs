using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Measurements;
using Nudge.Reports.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Reports.Sweeps;

public sealed partial class SweepReportTests
{
    [Fact]
    public async Task The_page_holds_every_figure_and_asks_for_nothing_from_elsewhere()
    {
        using var folder = new TemporaryFolder();
        SweepPlan plan = TinySweep.Plan(
            3, "learning.rule=isd,differential-isd", "links.activity.loss.rate=0,0.3,0.6", "links.activity.delay.mean=0.2,1");

        IReadOnlyList<SweepFigure> figures = await ReportAsync(folder.File("out"), plan);

        string page = File.ReadAllText(Path.Combine(folder.File("out"), SweepFiles.Report));
        Assert.Equal(
            ["curve-loss-rate", "curve-delay-mean", "heat-loss-rate-delay-mean-isd", "heat-loss-rate-delay-mean-differential-isd"],
            figures.Select(figure => figure.File));
        foreach (SweepFigure figure in figures)
        {
            string svg = Path.Combine(folder.File("out"), $"{figure.File}.svg");
            Assert.Contains(Convert.ToBase64String(File.ReadAllBytes(svg)), page, StringComparison.Ordinal);
            Assert.DoesNotMatch(Reference(), WithoutNamespaces(File.ReadAllText(svg)));
            Assert.True(new FileInfo(Path.ChangeExtension(svg, ".png")).Length > 1000);
        }

        Assert.DoesNotMatch(Reference(), page);
        string[] sources = [.. Source().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(figures.Count, sources.Length);
        Assert.All(sources, source => Assert.StartsWith("data:", source, StringComparison.Ordinal));
        Assert.Contains(plan.Definition.Command, page, StringComparison.Ordinal);
        Assert.Contains("isd against differential-isd", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_curve_of_a_measure_without_tolerances_is_drawn_though_there_is_nothing_to_explain()
    {
        using var folder = new TemporaryFolder();

        await ReportAsync(folder.File("out"), TinySweep.Plan(2, "links.activity.loss.rate=0,0.3"), Measure.Symmetry);

        string svg = File.ReadAllText(Path.Combine(folder.File("out"), "curve-loss-rate.svg"));
        Assert.Contains("cosine of the two weight copies", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_over_words_alone_puts_them_side_by_side()
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<SweepFigure> figures = await ReportAsync(
            folder.File("out"), TinySweep.Plan(3, "learning.rule=isd,differential-isd"));

        Assert.Equal(["words"], figures.Select(figure => figure.File));
        Assert.Contains(
            "alt=\"xor: accuracy by learning.rule\"", File.ReadAllText(Path.Combine(folder.File("out"), SweepFiles.Report)));
    }

    [Fact]
    public void Seeds_that_are_equal_stand_above_each_other_below_the_next_row()
    {
        double[] heights = WordsFigure.Heights([0.5, 0.75, 0.5, 0.5, 1]);
        double[] many = WordsFigure.Heights([.. Enumerable.Repeat(0.5, 50)]);

        Assert.Equal(heights[0], heights[1]);
        Assert.Equal(heights[0], heights[4]);
        Assert.True(heights[0] < heights[2] && heights[2] < heights[3], string.Join(' ', heights));
        Assert.Equal(50, many.Distinct().Count());
        Assert.True(many.Max() < 0.75, $"{many.Max()}");
    }

    [Theory]
    [InlineData("isd, gate true", "isd, gate true")]
    [InlineData("{law: gilbert-elliott, rate: 0.2, burst: 5}, gate true, isd", "{law: gilbert-elliott, rate: 0.2,\nburst: 5}, gate true, isd")]
    public void Long_descriptions_are_broken_after_commas(string text, string expected) =>
        Assert.Equal(expected, WordsFigure.Wrapped(text));

    [Fact]
    public async Task Many_pairs_that_cannot_be_told_apart_are_one_sentence()
    {
        using var folder = new TemporaryFolder();

        await ReportAsync(folder.File("out"), TinySweep.Plan(2, "learning.rule=isd,differential-isd,paired", "learning.gate=true,false"));

        string page = File.ReadAllText(Path.Combine(folder.File("out"), SweepFiles.Report));
        Assert.Contains("9 of 9 pairs show no difference in accuracy", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" against ", page, StringComparison.Ordinal);
        Assert.Contains("isd, learning.gate true", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_can_be_judged_by_the_symmetry_of_its_weights()
    {
        using var folder = new TemporaryFolder();
        await TinySweep.RunAsync(folder.File("out"), TinySweep.Plan(3, "links.activity.loss.rate=0,0.5"), workers: 2);
        using SweepDirectory sweep = SweepDirectory.Open(folder.File("out"), "report");

        SweepReport.Write(sweep, Measure.Symmetry);

        string summary = File.ReadAllText(folder.File(Path.Combine("out", SweepFiles.Summary)));
        Assert.Contains("## Symmetry over links.activity.loss.rate", summary, StringComparison.Ordinal);
        Assert.Contains("| mean symmetry |", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("Tolerance", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_that_failed_are_told_of()
    {
        using var folder = new TemporaryFolder();

        await ReportAsync(folder.File("out"), TinySweep.Diverging(3));

        string page = File.ReadAllText(Path.Combine(folder.File("out"), SweepFiles.Report));
        Assert.Contains("Runs that failed", page, StringComparison.Ordinal);
        Assert.Contains("not finite", page, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<SweepFigure>> ReportAsync(string path, SweepPlan plan, Measure? measure = null)
    {
        await TinySweep.RunAsync(path, plan, workers: 2);
        using SweepDirectory sweep = SweepDirectory.Open(path, "report");
        return SweepReport.Write(sweep, measure);
    }

    private static string WithoutNamespaces(string svg) => Namespace().Replace(svg, "");

    [GeneratedRegex("https?://|src=\"(?!data:)|url\\((?!#)|@import|<link|<script|file://")]
    private static partial Regex Reference();

    [GeneratedRegex("src=\"([^\"]{0,20})")]
    private static partial Regex Source();

    [GeneratedRegex("xmlns(:\\w+)?=\"[^\"]*\"")]
    private static partial Regex Namespace();
}
