using System.Diagnostics;
using Nudge.Coordinator.Tests.Hosting;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>What the program does when it is asked to stop.</summary>
public sealed class SignalTests(SignalTests.WholeDigits whole, SignalTests.WholeMeasured measured)
    : IClassFixture<SignalTests.WholeDigits>, IClassFixture<SignalTests.WholeMeasured>
{
    // A second on a machine that does nothing else; without the stop it would never end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private static readonly string[] Digits =
    [
        "run", "digits", "--quiet", "--set", "data.train=100", "--set", "data.test=50", "--set", "run.presentations=40",
        "--set", "run.checkpointEvery=1", "--set", "phases.length.mean=100",
    ];

    // A reading of half a second: a signal meets it, and four readings cost no more than they must.
    private static readonly string[] Measured =
    [
        "run", "xor", "--quiet", "--set", "run.presentations=40", "--set", "run.truthEvery=20", "--set",
        "run.truthPhases=4000",
    ];

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task One_presentation_without_end_is_stopped_and_saved(string signal)
    {
        using var folder = new TemporaryFolder();
        using var run = NudgeProcess.Start(
            folder.Path, "run", "xor", "--set", "phases.length.mean=1000000", "--out", "stopped");
        await run.UntilFileAsync(folder.File("stopped"), "metrics.csv");
        Ended ended = await SoonAfterAsync(run, signal);
        Assert.True(ended.Code == 130, $"exit code {ended.Code}: {ended.Error}");
        Assert.Single(Directory.GetFiles(folder.File("stopped"), "checkpoint-*.bin"));
        Assert.Contains("nudge run --resume", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_closes_stops_a_run_on_actors_and_saves_it()
    {
        using var folder = new TemporaryFolder();
        using var run = NudgeProcess.Start(
            folder.Path, "run", "xor", "--engine", "actors", "--set", "run.presentations=10000000", "--set",
            "run.checkpointEvery=100", "--out", "stopped");
        await run.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
        Ended ended = await SoonAfterAsync(run, "HUP");
        Assert.True(ended.Code == 130, $"exit code {ended.Code}: {ended.Error}");
        Assert.NotEmpty(Directory.GetFiles(folder.File("stopped"), "checkpoint-*.bin"));
        Assert.Contains("nudge run --resume", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_stopped_within_a_presentation_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        using (var run = NudgeProcess.Start(folder.Path, [.. Digits, "--out", "stopped"]))
        {
            await run.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
            Assert.Equal(130, (await SoonAfterAsync(run, "INT")).Code);
        }

        await whole.AssertResumesToTheSameBitsAsync(folder, "stopped");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_second_signal_ends_the_run_at_once_and_an_earlier_checkpoint_goes_on_to_the_same_bits(string signal)
    {
        using var folder = new TemporaryFolder();
        using (var run = NudgeProcess.Start(folder.Path, [.. Digits, "--out", "stopped"]))
        {
            await run.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
            run.Signal(signal);
            Assert.Equal(130, (await SoonAfterAsync(run, signal)).Code);
        }

        await whole.AssertResumesToTheSameBitsAsync(folder, "stopped");
    }

    [Fact]
    public async Task A_signal_gives_up_a_reading_of_the_truth_meter_which_is_taken_when_the_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        using (var run = NudgeProcess.Start(folder.Path, [.. Measured, "--out", "stopped"]))
        {
            await run.UntilFileAsync(folder.File("stopped"), "truth.csv");
            Assert.Equal(130, (await SoonAfterAsync(run, "TERM")).Code);
        }

        await measured.AssertResumesToTheSameBitsAsync(folder, "stopped");
        Assert.Equal(File.ReadAllText(measured.File("truth.csv")), File.ReadAllText(folder.File("stopped/truth.csv")));
    }

    [Fact]
    public async Task A_command_that_only_reads_ends_at_once()
    {
        using var folder = new TemporaryFolder();
        using var run = NudgeProcess.Start(
            folder.Path, "truth", "xor", "--phases", "1000000000", "--set", "learning.rule=paired", "--set", "phases.order=alternating");
        // Its warning is the first that it writes, or nothing is; then it reads.
        await run.UntilIsListeningToSignalsAsync();
        Assert.Equal(130, (await SoonAfterAsync(run, "INT")).Code);
    }

    [Fact]
    public async Task A_node_whose_terminal_closes_leaves_in_order()
    {
        using var node = NodeProcess.Start();
        await node.UpAsync();
        Assert.Equal(0, await node.EndAsync("HUP"));
        Assert.Contains("left", node.Log, StringComparison.Ordinal);
    }

    private static async Task<Ended> SoonAfterAsync(NudgeProcess run, string signal)
    {
        long begun = Stopwatch.GetTimestamp();
        run.Signal(signal);
        Ended ended = await run.EndAsync();
        Assert.True(Stopwatch.GetElapsedTime(begun) < Soon, $"it took {Stopwatch.GetElapsedTime(begun)}");
        return ended;
    }

    public sealed class WholeDigits() : WholeRun(Digits);

    public sealed class WholeMeasured() : WholeRun(Measured);
}
