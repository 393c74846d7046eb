using Nudge.Recording;
using Nudge.Reports;

namespace Nudge.Coordinator.Tests.Reports;

public sealed class SummaryTableTests
{
    [Fact]
    public void The_summary_tells_accuracy_time_speed_messages_and_files()
    {
        string text = Print(SampleRun.Summary);

        foreach (string part in new[]
        {
            "94.2 % on the held-out set after 8,000 stimuli, chance 10.0 %",
            "7.5 s for 192,000 τ",
            "1,067 stimuli/s",
            "1,684,000 sent = 1,496,700 delivered + 166,600 lost + 20,000 cut + 700 in flight",
            "0.987 hidden-label",
            SampleRun.Summary.OutputDirectory,
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void A_pipe_never_gets_a_path_in_two_pieces()
    {
        string path = Path.Combine("runs", new string('x', 300));

        Assert.Contains(path, Print(SampleRun.Summary with { OutputDirectory = path }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_says_how_to_go_on()
    {
        string text = Print(SampleRun.Summary with { Interrupted = true, Accuracy = null });

        Assert.Contains($"nudge run --resume {SampleRun.Summary.OutputDirectory}", text, StringComparison.Ordinal);
        Assert.Contains("not measured after 8,000 stimuli", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_counts_what_was_changed_while_the_run_went_on()
    {
        Assert.Contains(
            "3, after 2,000 to 6,000 stimuli; 1 undone",
            Print(SampleRun.Summary with { Interventions = SampleRun.Interventions(3) }),
            StringComparison.Ordinal);
        Assert.Matches(
            "interventions +1, after 4,000 stimuli *\n", Print(SampleRun.Summary with { Interventions = SampleRun.Interventions(1) }));
        Assert.DoesNotContain("interventions", Print(SampleRun.Summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_brackets_is_not_taken_for_a_colour() =>
        Assert.Contains("[red]", Print(SampleRun.Summary with { Name = "[red]" }), StringComparison.Ordinal);

    private static string Print(RunSummary summary)
    {
        using var output = new StringWriter();
        SummaryTable.Print(output, isTerminal: false, summary);
        return output.ToString();
    }
}
