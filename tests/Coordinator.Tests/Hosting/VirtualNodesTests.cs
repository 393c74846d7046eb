using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>Virtual time on the nodes of a cluster, in processes of their own.</summary>
public sealed class VirtualNodesTests : IDisposable
{
    private static readonly string[] Experiment =
    [
        "digits", "--seed", "5", "--set", "run.presentations=300", "--set", "run.evaluateEvery=100", "--set", "data.test=20",
        "--set", "granularity={slice: 64}",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeProcess> _nodes = [];

    /// <summary>
    /// One node is killed in the middle, the run is interrupted later, and goes on in one process: all that is left of the run is
    /// as if nothing had happened.
    /// </summary>
    [Fact]
    public async Task A_run_on_nodes_one_of_which_is_killed_and_that_goes_on_alone_has_the_bits_of_one_process()
    {
        Ended alone = await NudgeProcess.RunAsync(_folder.Path, ["run", .. Experiment, "--out", "alone", "--json"]);
        Assert.Equal(0, alone.Code);
        _nodes.Add(NodeProcess.Start());
        string seed = await _nodes[0].UpAsync();
        _nodes.Add(NodeProcess.Start("--seed", seed));
        string second = await _nodes[1].UpAsync();
        using var run = NudgeProcess.Start(
            _folder.Path,
            ["run", .. Experiment, "--join", seed, "--nodes", "2", "--save-every", "0.5", "--out", "nodes", "--json"]);
        await SampledAsync(run, 20);
        Assert.NotEqual(0, await _nodes[1].EndAsync("KILL"));
        await run.UntilAsync(() => run.ErrorSoFar.Contains($"node {second} is lost; the run goes on from", StringComparison.Ordinal));
        await SampledAsync(run, 45);
        run.Signal("INT");
        Ended interrupted = await run.EndAsync();
        Assert.True(interrupted.Code == 130, interrupted.Error);
        Ended resumed = await NudgeProcess.RunAsync(_folder.Path, ["run", "--resume", "nodes", "--loops", "2", "--json"]);
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(HashOf(alone), HashOf(resumed));
        Assert.Equal(Bytes("alone", RunFiles.Weights), Bytes("nodes", RunFiles.Weights));
        Assert.Equal(Rows("alone"), Rows("nodes"));
    }

    [Fact]
    public async Task A_node_that_the_experiment_file_kills_leaves_the_bits_as_they_would_be_without_nodes()
    {
        string[] killing = [.. Experiment, "--set", "interventions={lost: {kind: kill-node, node: 1, at: {presentation: 100}}}", "--json"];
        Ended alone = await NudgeProcess.RunAsync(_folder.Path, ["run", .. killing, "--out", "alone", "--quiet"]);
        Ended nodes = await NudgeProcess.RunAsync(_folder.Path, ["run", .. killing, "--local-nodes", "2", "--out", "nodes"]);
        Assert.True(nodes.Code == 0, nodes.Error);
        Assert.Contains(" is lost; the run goes on from ", nodes.Error, StringComparison.Ordinal);
        Assert.Equal(HashOf(alone), HashOf(nodes));
        Assert.Equal(Bytes("alone", RunFiles.Weights), Bytes("nodes", RunFiles.Weights));
    }

    [Theory]
    [InlineData("--local-nodes", "--local-nodes and --join belong to --engine cluster, or virtual")]
    [InlineData("--loops", "--loops belongs to --engine virtual")]
    public async Task What_the_actors_have_no_use_for_is_refused(string option, string message)
    {
        Ended refused = await NudgeProcess.RunAsync(_folder.Path, ["run", "xor", "--engine", "actors", option, "2"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _nodes.ForEach(node => node.Dispose());
        _folder.Dispose();
    }

    private async Task SampledAsync(NudgeProcess run, int rows)
    {
        string metrics = Path.Combine(_folder.Path, "nodes", RunFiles.Metrics);
        try
        {
            await run.UntilAsync(() => File.Exists(metrics) && File.ReadAllLines(metrics).Length > rows);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{run.ErrorSoFar}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
        }
    }

    private static string HashOf(Ended run)
    {
        using var results = JsonDocument.Parse(run.Output);
        return results.RootElement.GetProperty("eventHash").GetString()!;
    }

    private byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(_folder.Path, run, file));

    /// <summary>The rows of a run's metrics but for the wall time, which is their last column.</summary>
    private string[] Rows(string run) =>
    [
        .. File.ReadAllLines(Path.Combine(_folder.Path, run, RunFiles.Metrics)).Select(row => row[..row.LastIndexOf(',')]),
    ];
}
