using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class ClusterRunTests
{
    private static readonly string[] Learns =
    [
        "--set", "lanes=64", "--set", "run.presentations=4800", "--set", "run.evaluateEvery=4800",
        "--set", "run.evaluateExamples=64", "--set", "projections.bits-hidden.rate=0.3",
        "--set", "projections.hidden-class.rate=0.1", "--set", "links.activity.loss.rate=0.05",
        "--set", "phases.length={law: exponential, floor: 5, mean: 8}",
    ];

    [Fact]
    public async Task Three_node_processes_learn_exclusive_or_and_every_message_is_accounted_for()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, ["run", "xor", "--engine", "cluster", "--local-nodes", "3", "--out", "r", "--json", .. Learns]);
        Assert.True(run.Code == 0, run.Error);
        Assert.True(run.Json.GetProperty("accuracySynchronous").GetDouble() > 0.9, run.Error);
        AssertBalanced(run.Json.GetProperty("ledger"));
        int[] ports = Ports.Of(await File.ReadAllTextAsync(Path.Combine(folder.Path, "r", RunFiles.Placement)));
        Assert.Equal(3, ports.Length);
        await Ports.UntilClosedAsync(ports);
    }

    [Fact]
    public async Task Nodes_that_are_there_host_one_run_after_another_and_leave_when_asked()
    {
        using var folder = new TemporaryFolder();
        using var first = NodeProcess.Start("--values", "bfloat16");
        string seed = await first.UpAsync();
        using var second = NodeProcess.Start("--seed", seed, "--values", "float16");
        await second.UpAsync();
        foreach (string placement in new[] { "cost", "bits=1,hidden=0,class=1" })
        {
            Ended run = await NudgeProcess.RunAsync(
                folder.Path, "run", "xor", "--engine", "cluster", "--join", seed, "--nodes", "2", "--json",
                "--placement", placement, "--set", "run.presentations=10", "--set", "run.evaluateEvery=10",
                "--set", "run.evaluateExamples=4");
            Assert.True(run.Code == 0, $"{run.Error}\n{first.Log}\n{second.Log}");
            Assert.Equal(10, run.Json.GetProperty("presentations").GetInt64());
            AssertBalanced(run.Json.GetProperty("ledger"));
        }

        Assert.Equal(0, await second.EndAsync("TERM"));
        Assert.Equal(0, await first.EndAsync("TERM"));
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_no_node_behind()
    {
        using var folder = new TemporaryFolder();
        using var run = NudgeProcess.Start(
            folder.Path, "run", "xor", "--engine", "cluster", "--local-nodes", "2", "--out", "r", "--quiet");
        await run.UntilFileAsync(Path.Combine(folder.Path, "r"), RunFiles.Placement);
        int[] ports = Ports.Of(await File.ReadAllTextAsync(Path.Combine(folder.Path, "r", RunFiles.Placement)));
        run.Signal("KILL");
        await run.EndAsync();
        Assert.Equal(2, ports.Length);
        await Ports.UntilClosedAsync(ports);
    }

    [Theory]
    [InlineData("expected --local-nodes", "--engine", "cluster")]
    [InlineData("belong to --engine cluster", "--engine", "actors", "--local-nodes", "2")]
    [InlineData("expected HOST:PORT", "--engine", "cluster", "--join", "nowhere")]
    [InlineData("there is no population nobody", "--engine", "cluster", "--local-nodes", "1", "--placement", "nobody=0")]
    [InlineData("a node takes 32000", "--engine", "cluster", "--local-nodes", "1", "--frame", "32000", "--set", "lanes=2048")]
    public async Task What_cannot_be_done_as_asked_is_refused_before_the_run_starts(string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(folder.Path, ["run", "xor", "--quiet", .. arguments]);
        Assert.Equal(2, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static void AssertBalanced(JsonElement ledger)
    {
        Assert.True(ledger.GetProperty("sent").GetInt64() > 0);
        Assert.Equal(0, ledger.GetProperty("unaccounted").GetInt64());
        Assert.Equal(0, ledger.GetProperty("realLost").GetInt64());
    }
}
