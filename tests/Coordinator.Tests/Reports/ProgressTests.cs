using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Spectre.Console;

namespace Nudge.Coordinator.Tests.Reports;

public sealed class ProgressTests : IDisposable
{
    private const char Escape = '\u001b';
    private readonly ManualTime _time = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose() => _error.Dispose();

    [Fact]
    public void A_line_tells_place_speed_time_left_and_accuracy()
    {
        using IProgressDisplay display = Plain();
        display.Show(At(0));
        _time.Pass(4);

        display.Show(At(6000) with { RunningAccuracy = 0.931, Accuracy = 0.928, LostShare = 0.1 });

        Assert.Equal(
            " 20 %  6,000 of 30,000 stimuli, 1,500/s, 16 s left, training 93.1 %, held out 92.8 %, "
            + "10.0 % of messages lost\n",
            _error.ToString());
    }

    [Fact]
    public void A_sentence_cannot_control_the_terminal()
    {
        using IProgressDisplay display = Plain();
        display.Say($"from {Escape}[2J\tnode");
        Assert.Equal("from \\u001b[2J\tnode\n", _error.ToString());
    }

    [Fact]
    public void A_table_cannot_control_the_terminal()
    {
        ReportConsole.Create(_error, isTerminal: false).Write(new Text($"from {Escape}[2J\u202enode\n"));
        Assert.Equal("from \\u001b[2J\\u202enode\n", _error.ToString());
    }

    [Fact]
    public void A_fast_run_writes_a_line_in_two_seconds_at_most()
    {
        using IProgressDisplay display = Plain();
        for (int shown = 0; shown <= 30_000; shown += 300)
        {
            display.Show(At(shown));
            _time.Pass(0.1);
        }

        Assert.InRange(Lines().Length, 4, 5);
    }

    [Fact]
    public void A_slow_run_writes_a_line_for_each_twentieth()
    {
        using IProgressDisplay display = Plain();
        for (int shown = 0; shown <= 30_000; shown += 30)
        {
            display.Show(At(shown));
            _time.Pass(0.5);
        }

        Assert.Equal(20, Lines().Length);
        Assert.StartsWith("100 %", Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_hardly_moves_shows_that_it_lives()
    {
        using IProgressDisplay display = Plain();
        for (int second = 0; second < 95; second++)
        {
            _time.Pass(1);
            display.Show(At(1));
        }

        Assert.Equal(3, Lines().Length);
    }

    [Fact]
    public void A_run_that_is_through_says_so_once_and_again_when_it_has_been_judged()
    {
        using IProgressDisplay display = Plain();
        for (int second = 0; second < 20; second++)
        {
            _time.Pass(1);
            display.Show(At(30_000) with { Accuracy = second < 10 ? null : 0.9 });
        }

        Assert.Equal(2, Lines().Length);
        Assert.Contains("held out 90.0 %", Lines()[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_few_stimuli_a_minute_still_has_a_speed()
    {
        using IProgressDisplay display = Plain();
        display.Show(At(0));
        _time.Pass(40);
        display.Show(At(10));

        Assert.Contains(" stimuli, 0.25/s, ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_does_not_count_what_was_done_before()
    {
        using IProgressDisplay display = Plain();
        display.Show(At(15_000));
        _time.Pass(3);

        display.Show(At(18_000));

        Assert.Contains("1,000/s, 12 s left", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_gets_no_control_codes()
    {
        using IProgressDisplay display = Plain();
        display.Say("digits: 8,000 training examples");
        display.Show(At(0));
        _time.Pass(100);
        display.Show(At(30_000));

        Assert.Equal(2, Lines().Length);
        Assert.DoesNotContain(Escape, _error.ToString());
        Assert.DoesNotContain('\r', _error.ToString());
    }

    [Fact]
    public void Quiet_means_nothing_but_warnings()
    {
        using IProgressDisplay display = ProgressDisplays.Create(_error, isTerminal: true, quiet: true, _time);
        display.Say("digits");
        display.Show(At(0));
        display.Warn("warning: digits");
        _time.Pass(100);
        display.Show(At(30_000));

        Assert.Equal("warning: digits\n", _error.ToString());
    }

    [Fact]
    public void A_terminal_shows_a_bar_and_clears_it_at_the_end()
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_error),
        });
        var display = new LiveProgress(console, _time);
        display.Show(At(0));
        _time.Pass(2);
        display.Show(At(15_000) with { RunningAccuracy = 0.75 });
        display.Say("a sentence in between");
        string during = _error.ToString();
        display.Dispose();
        display.Show(At(30_000));

        Assert.Contains("50 %  15,000 of 30,000 stimuli", during, StringComparison.Ordinal);
        Assert.Contains("training 75.0 %", during, StringComparison.Ordinal);
        Assert.Contains("a sentence in between", during, StringComparison.Ordinal);
        Assert.Contains($"{Escape}[2K", _error.ToString()[during.Length..], StringComparison.Ordinal);
        Assert.DoesNotContain("30,000 of 30,000", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_of_usual_size_shows_the_learning_curve_of_a_run()
    {
        string[] lines = Drawn(80, 24, At(15_000) with { RunningAccuracy = 0.75, Samples = Samples, Interventions = [10_000, 12_000] });

        Assert.Equal(15, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.StartsWith(" 100 %┤", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("   0 %┤", lines[12], StringComparison.Ordinal);
        Assert.Equal(2, lines.Sum(line => line.Count(letter => letter == '●')) - lines[14].Count(letter => letter == '●'));
        Assert.Contains(lines, line => line.Any(letter => letter is > '\u2800' and <= '\u28ff'));
        Assert.Matches("^      └─+1─+2─+$", lines[13]);
        Assert.Matches("^       0 .*● held out   ┊ change .* 30,000$", lines[14]);
        // The two marks are above their numbers: a third and two fifths of the way.
        Assert.Equal('┊', lines[12][lines[13].IndexOf('1', StringComparison.Ordinal)]);
        Assert.Equal(7 + 24, lines[13].IndexOf('1', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80, 23)]
    [InlineData(60, 50)]
    [InlineData(20, 5)]
    public void A_smaller_terminal_shows_no_curve(int width, int height)
    {
        string[] lines = Drawn(width, height, At(15_000) with { RunningAccuracy = 0.75, Samples = Samples });

        Assert.DoesNotContain(lines, line => line.Contains('┤', StringComparison.Ordinal));
    }

    [Fact]
    public void A_larger_terminal_gives_the_curve_more_rows() =>
        Assert.Equal(21, Drawn(200, 60, At(15_000) with { RunningAccuracy = 0.75, Samples = Samples }).Length);

    [Fact]
    public void A_terminal_may_change_its_size_at_any_time()
    {
        IAnsiConsole console = Terminal(80, 24);
        using (var display = new LiveProgress(console, _time))
        {
            foreach ((int width, int height) in new[] { (80, 24), (120, 40), (30, 10), (1, 1), (90, 30) })
            {
                (console.Profile.Width, console.Profile.Height) = (width, height);
                display.Show(At(15_000) with { RunningAccuracy = 0.75, Samples = Samples });
                _time.Pass(2);
            }

            Assert.EndsWith(" 30,000", _error.ToString().TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rates_are_those_of_the_last_seconds()
    {
        var rates = new RecentRates(_time);
        for (int second = 0; second < 20; second++)
        {
            rates.Mark(At(second * 100) with { Tau = second * 2400.0, Messages = new(second * 5000, second < 10 ? 0 : (second - 10) * 500) });
            _time.Pass(1);
        }

        Assert.Equal("last 5 s: 100 stimuli/s, 2,400 τ/s, 5,000 messages/s, 10.0 % lost", rates.Text);
    }

    [Fact]
    public void A_terminal_may_never_have_been_shown_anything()
    {
        using IProgressDisplay display = ProgressDisplays.Create(_error, isTerminal: true, quiet: false, _time);
    }

    private static IReadOnlyList<MetricsRow> Samples { get; } =
    [
        .. Enumerable.Range(1, 50).Select(sample => SampleRun.Rows[sample] with
        {
            Presentations = 300 * sample,
            Accuracy = sample is 20 or 40 ? 0.1 : null,
        }),
    ];

    /// <summary>The lines that are on a terminal while a run is somewhere.</summary>
    private string[] Drawn(int width, int height, RunProgress progress)
    {
        using var display = new LiveProgress(Terminal(width, height), _time);
        display.Show(progress);
        string text = _error.ToString();
        // What the display drew first is drawn again in place.
        string drawn = text[(text.LastIndexOf('\r') + 1)..];
        return [.. drawn.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }

    private IAnsiConsole Terminal(int width, int height)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_error),
        });
        (console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode) = (width, height, true);
        return console;
    }

    private static RunProgress At(long presentations) => new(presentations, 30_000, double.NaN, null, null);

    private IProgressDisplay Plain() => ProgressDisplays.Create(_error, isTerminal: false, quiet: false, _time);

    private string[] Lines() => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
