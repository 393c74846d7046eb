using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>A run on nodes that a test ends or stops.</summary>
internal sealed class FailingCluster : IDisposable
{
    /// <summary>What a run that waits for a failure takes: at full speed it takes the processors from the tests beside it.</summary>
    internal static readonly string[] Unhurried = ["--speed", "150"];

    private readonly List<NodeProcess> _nodes = [];
    private NudgeProcess? _run;

    internal TemporaryFolder Folder { get; } = new();

    internal IReadOnlyList<NodeProcess> Nodes => _nodes;

    internal NudgeProcess Run => _run!;

    /// <summary>Starts the process of the run, in the place of the one before.</summary>
    internal void Start(string[] arguments)
    {
        _run?.Dispose();
        _run = NudgeProcess.Start(Folder.Path, arguments);
    }

    public void Dispose()
    {
        _run?.Dispose();
        foreach (NodeProcess node in _nodes)
            node.Dispose();
        Folder.Dispose();
    }

    internal async Task StartAsync(int nodes, bool withStore, string saveEvery = "0.5", params string[] more)
    {
        string[] store = withStore ? ["--store", $"sqlite:{Path.Combine(Folder.Path, "slices.db")}", "--save-every", saveEvery] : [];
        _nodes.Add(NodeProcess.Start(store));
        string seed = await _nodes[0].UpAsync();
        for (int i = 1; i < nodes; i++)
            _nodes.Add(NodeProcess.Start(["--seed", seed, .. store]));
        string[] places = await Task.WhenAll(_nodes.Select(node => node.UpAsync()));

        // Nodes have numbers by the order of their names; the one in the place of the second hosts the hidden population.
        int second = Array.IndexOf([.. places.Order(StringComparer.Ordinal)], places[1]);
        int other = second == 0 ? 1 : 0;
        Start(
            ["run", "xor", "--engine", "cluster", "--join", seed, "--nodes", $"{nodes}", "--out", "r", "--json",
            "--placement", $"bits={other},hidden={second},class={other}", "--set", "lanes=64",
            "--set", "run.presentations=6400000", "--set", "run.evaluateEvery=64", "--set", "run.evaluateExamples=4",
            .. Unhurried, .. more]);
    }

    internal async Task UntilSampledAsync(int more)
    {
        string metrics = Path.Combine(Folder.Path, "r", RunFiles.Metrics);
        int Rows() => File.Exists(metrics) ? File.ReadAllLines(metrics).Length : 0;
        int before = Math.Max(1, Rows());
        await ExpectAsync(() => Rows() >= before + more);
    }

    internal Task UntilMovedAsync(string from) => ExpectAsync(() => Run.ErrorSoFar.Contains($": {from} to ", StringComparison.Ordinal));

    private async Task ExpectAsync(Func<bool> holds)
    {
        try
        {
            await Run.UntilAsync(holds);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Run.ErrorSoFar}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
        }
    }

    internal async Task<string> KillAsync(int node, string signal)
    {
        string place = await _nodes[node].UpAsync();
        await _nodes[node].EndAsync(signal);
        return place;
    }

    internal async Task<string> SignalAsync(int node, string signal)
    {
        await _nodes[node].SignalAsync(signal);
        return await _nodes[node].UpAsync();
    }

    internal async Task<JsonElement> StopAsync()
    {
        Run.Signal("INT");
        Ended ended = await Run.EndAsync();
        Assert.True(ended.Code == 130, $"{ended.Error}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
        return ended.Json;
    }
}
