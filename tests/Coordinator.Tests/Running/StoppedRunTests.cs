using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>A run that is stopped between presentations, in whatever way, and goes on.</summary>
public sealed class StoppedRunTests(StoppedRunTests.Whole whole) : IClassFixture<StoppedRunTests.Whole>
{
    private static readonly string[] Digits =
    [
        "run", "digits", "--quiet", "--set", "run.presentations=4000", "--set", "data.train=500", "--set", "data.test=100",
        "--set", "run.checkpointEvery=500",
    ];

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 130)]
    [InlineData("KILL", 137)]
    public async Task A_run_that_is_stopped_goes_on_to_the_same_bits(string signal, int code)
    {
        using var folder = new TemporaryFolder();
        using (NudgeProcess stopped = NudgeProcess.Start(folder.Path, [.. Digits, "--out", "stopped"]))
        {
            await stopped.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
            stopped.Signal(signal);
            Ended ended = await stopped.EndAsync();
            Assert.True(ended.Code == code, $"exit code {ended.Code}: {ended.Error}");
        }

        await whole.AssertResumesToTheSameBitsAsync(folder, "stopped");
        Assert.Equal(
            WithoutWallTime(whole.File(RunFiles.Metrics)), WithoutWallTime(folder.File(Path.Combine("stopped", RunFiles.Metrics))));
    }

    private static string[] WithoutWallTime(string path) =>
        [.. File.ReadLines(path).Select(line => line[..line.LastIndexOf(',')])];

    public sealed class Whole() : WholeRun(Digits);
}
