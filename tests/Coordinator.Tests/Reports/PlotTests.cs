using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using Nudge.Links;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Testing;

namespace Nudge.Coordinator.Tests.Reports;

public sealed class PlotTests : IDisposable
{
    private readonly TemporaryDirectory _parent = new();
    private readonly RunDirectory _run;

    public PlotTests() => _run = RunDirectory.Create("digits", _parent.File("out"));

    public void Dispose()
    {
        _run.Dispose();
        _parent.Dispose();
    }

    [Fact]
    public void The_learning_curve_says_what_was_run_and_how_it_ended()
    {
        LearningCurvePlot.Save(_run, SampleRun.Summary, SampleRun.Rows);

        AssertPng("learning-curve.png", 800);
        string text = SvgText("learning-curve.svg");
        Assert.Contains("digits, seed 1: 94.2 % on the held-out set", text, StringComparison.Ordinal);
        Assert.Contains("chance, 10.0 %", text, StringComparison.Ordinal);
        Assert.Contains("61.0 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_stopped_before_its_first_sample_still_has_a_learning_curve()
    {
        RunSummary stopped = SampleRun.Summary with
        {
            Presentations = 0,
            Accuracy = null,
            Evaluations = [],
            Interrupted = true,
        };

        LearningCurvePlot.Save(_run, stopped, []);

        Assert.Contains("interrupted after 0 stimuli", SvgText("learning-curve.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void The_learning_curve_numbers_interventions_and_explains_the_numbers_below(int count)
    {
        RunSummary steered = SampleRun.Summary with { Interventions = SampleRun.Interventions(count) };

        LearningCurvePlot.Save(_run, steered, SampleRun.Rows);

        string text = SvgText("learning-curve.svg");
        foreach (InterventionSummary one in steered.Interventions)
            Assert.Contains($"{one.Number} {one.Name}: {one.Text}", text, StringComparison.Ordinal);
        int lines = count > 3 ? (count + 1) / 2 : count;
        AssertPng("learning-curve.png", 800 + (28 * lines) + 12);
    }

    [Fact]
    public void Interventions_that_are_near_each_other_share_a_text_and_very_many_are_not_all_explained()
    {
        IReadOnlyList<InterventionSummary> made =
            [.. SampleRun.Interventions(40).Select(one => one with { Presentations = 4000 + one.Number })];

        LearningCurvePlot.Save(_run, SampleRun.Summary with { Interventions = made }, SampleRun.Rows);

        string text = SvgText("learning-curve.svg");
        Assert.Contains("1–40", text, StringComparison.Ordinal);
        Assert.Contains("… and 29 more, in run.json", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_names_every_link_and_what_became_of_its_messages()
    {
        LedgerPlot.Save(_run, SampleRun.Summary);

        AssertPng("ledger.png", 230 + (85 * 4));
        string text = SvgText("ledger.svg");
        foreach (LedgerEntry link in SampleRun.Summary.Ledger.Links)
            Assert.Contains(link.Link, text, StringComparison.Ordinal);
        Assert.Contains("20,000", text, StringComparison.Ordinal);
        Assert.Contains("all accounted for", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_of_many_links_shows_the_largest_and_sums_the_rest()
    {
        LedgerEntry[] links =
            [.. Enumerable.Range(1, 40).Select(n => new LedgerEntry($"link-{n}", n, n, 0, 0, 0, 0, 0, 0))];

        LedgerPlot.Save(_run, SampleRun.Summary with { Ledger = LedgerSummary.Of(links) });

        string text = SvgText("ledger.svg");
        Assert.Contains("link-40", text, StringComparison.Ordinal);
        Assert.Contains("25 other links", text, StringComparison.Ordinal);
        Assert.Contains("325 sent", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_links_still_has_a_ledger()
    {
        LedgerPlot.Save(_run, SampleRun.Summary with { Ledger = LedgerSummary.Of([]) });

        AssertPng("ledger.png", 230 + (85 * 2));
    }

    private void AssertPng(string file, int height)
    {
        byte[] png = File.ReadAllBytes(_run.FilePath(file));
        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.Equal(1200, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private string SvgText(string file) =>
        string.Join('\n', XDocument.Load(_run.FilePath(file)).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value));
}
