using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>What becomes of a run when its nodes, or it itself, are stopped in the middle.</summary>
public sealed class NodeFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeProcess> _nodes = [];
    private NudgeProcess? _run;
    private string _saveEvery = "0.5";

    [Fact]
    public async Task A_killed_node_s_slices_go_on_elsewhere_from_their_snapshots_and_the_books_bound_what_died_with_it()
    {
        await StartAsync(nodes: 3, withStore: true);
        await UntilSampledAsync(4);
        string killed = await KillAsync(1, "KILL");
        await UntilMovedAsync(killed);
        await UntilSampledAsync(2);
        JsonElement results = await StopAsync();
        JsonElement[] moves = [.. results.GetProperty("moves").EnumerateArray()];
        Assert.Equal(["hidden"], moves.Select(move => move.GetProperty("slice").GetString()));
        Assert.Equal(2, moves[0].GetProperty("incarnation").GetInt32());
        Assert.True(moves[0].GetProperty("generation").GetInt64() > 0, "it should go on from a snapshot");
        JsonElement ledger = results.GetProperty("ledger");
        long unaccounted = ledger.GetProperty("unaccounted").GetInt64();
        Assert.True(unaccounted > 0, "what was under way to the dead node cannot all be known");
        Assert.All(
            ledger.GetProperty("links").EnumerateArray(),
            link => Assert.True(link.GetProperty("unaccounted").GetInt64() >= 0, $"more received than sent: {link}"));
        Assert.True(unaccounted < ledger.GetProperty("sent").GetInt64() / 2, $"{unaccounted} unaccounted: {ledger}");
    }

    [Fact]
    public async Task A_node_that_is_asked_to_leave_saves_hands_over_and_loses_nothing()
    {
        await StartAsync(nodes: 3, withStore: true);
        await UntilSampledAsync(4);
        string left = await KillAsync(1, "TERM");
        await UntilMovedAsync(left);
        await UntilSampledAsync(2);
        JsonElement results = await StopAsync();
        Assert.Equal("hidden", Assert.Single(results.GetProperty("moves").EnumerateArray()).GetProperty("slice").GetString());
        JsonElement ledger = results.GetProperty("ledger");
        Assert.True(ledger.GetProperty("unaccounted").GetInt64() == 0, $"{ledger}");
        Assert.True(ledger.GetProperty("realLost").GetInt64() == 0, $"{ledger}");
    }

    [Fact]
    public async Task A_node_that_stands_still_for_a_moment_gets_the_newest_activity_alone_and_the_books_balance()
    {
        // No store: a process that stops in the middle of a write would keep it locked for the others.
        await StartAsync(nodes: 2, withStore: false);
        await UntilSampledAsync(2);
        await SignalAsync(1, "STOP");
        // Shorter than the timeout of the others, and long enough for more keep-alives than a window holds.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await SignalAsync(1, "CONT");
        await UntilSampledAsync(4);
        JsonElement results = await StopAsync();
        Assert.Empty(results.GetProperty("moves").EnumerateArray());
        JsonElement ledger = results.GetProperty("ledger");
        Assert.True(ledger.GetProperty("conflated").GetInt64() > 0, $"{ledger}");
        Assert.True(ledger.GetProperty("unaccounted").GetInt64() == 0, $"{ledger}");
        Assert.True(ledger.GetProperty("realLost").GetInt64() == 0, $"{ledger}");
    }

    [Fact]
    public async Task A_node_that_stands_still_for_long_is_removed_and_says_so_when_it_goes_on()
    {
        // A node that is stopped in the middle of a write keeps SQLite's lock: here it has written, and will not soon again.
        _saveEvery = "20";
        await StartAsync(nodes: 3, withStore: true);
        await UntilSampledAsync(1);
        string stopped = await SignalAsync(1, "STOP");
        await UntilMovedAsync(stopped);
        await SignalAsync(1, "CONT");
        Assert.Equal(3, await _nodes[1].EndAsync());
        await UntilSampledAsync(2);
        JsonElement results = await StopAsync();
        Assert.Equal("hidden", Assert.Single(results.GetProperty("moves").EnumerateArray()).GetProperty("slice").GetString());
    }

    [Fact]
    public async Task Without_a_store_a_run_that_loses_a_node_ends_and_names_the_slices()
    {
        await StartAsync(nodes: 2, withStore: false);
        await UntilSampledAsync(1);
        string killed = await KillAsync(1, "KILL");
        Ended ended = await _run!.EndAsync();
        Assert.Equal(1, ended.Code);
        Assert.Contains($"node {killed} was lost, and with it hidden", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_that_is_killed_goes_on_with_the_slices_as_they_last_saved_themselves()
    {
        await StartAsync(nodes: 2, withStore: true, "--set", "run.checkpointEvery=128");
        await UntilSampledAsync(1);
        await _run!.UntilFileAsync(Path.Combine(_folder.Path, "r"), "checkpoint-*.bin");
        _run.Signal("KILL");
        await _run.EndAsync();
        _run.Dispose();
        string seed = await _nodes[0].UpAsync();
        string[] goOn = ["run", "--resume", "r", "--engine", "cluster", "--join", seed, "--nodes", "2", "--json"];
        Ended refused = await NudgeProcess.RunAsync(_folder.Path, [.. goOn, "--set", "seed=77"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("--set seed=77: seed: 77, and the run was begun with", refused.Error, StringComparison.Ordinal);
        _run = NudgeProcess.Start(_folder.Path, goOn);
        await UntilSampledAsync(2);
        JsonElement results = await StopAsync();
        Assert.True(results.GetProperty("resumedFrom").GetInt64() >= 128);
        Assert.Equal(0, results.GetProperty("ledger").GetProperty("unaccounted").GetInt64());
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_starts_no_node()
    {
        using var node = NodeProcess.Start("--store", "sqlite:/nowhere/at/all/slices.db");
        Assert.Equal(1, await node.EndAsync());
        Assert.Contains("the store cannot be opened", node.Log, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _run?.Dispose();
        foreach (NodeProcess node in _nodes)
            node.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(int nodes, bool withStore, params string[] more)
    {
        string[] store = withStore ? ["--store", $"sqlite:{Path.Combine(_folder.Path, "slices.db")}", "--save-every", _saveEvery] : [];
        _nodes.Add(NodeProcess.Start(store));
        string seed = await _nodes[0].UpAsync();
        var places = new List<string> { seed };
        for (int i = 1; i < nodes; i++)
        {
            _nodes.Add(NodeProcess.Start(["--seed", seed, .. store]));
            places.Add(await _nodes[i].UpAsync());
        }

        // Nodes have numbers by the order of their names; the one in the place of the second hosts the hidden population.
        int second = places.Order(StringComparer.Ordinal).ToList().IndexOf(places[1]);
        int other = second == 0 ? 1 : 0;
        _run = NudgeProcess.Start(
            _folder.Path,
            ["run", "xor", "--engine", "cluster", "--join", seed, "--nodes", $"{nodes}", "--out", "r", "--json",
            "--placement", $"bits={other},hidden={second},class={other}", "--set", "lanes=64",
            "--set", "run.presentations=6400000", "--set", "run.evaluateEvery=64", "--set", "run.evaluateExamples=4",
            .. more]);
    }

    private async Task UntilSampledAsync(int more)
    {
        string metrics = Path.Combine(_folder.Path, "r", RunFiles.Metrics);
        int Rows() => File.Exists(metrics) ? File.ReadAllLines(metrics).Length : 0;
        int before = Math.Max(1, Rows());
        await ExpectAsync(() => Rows() >= before + more);
    }

    private Task UntilMovedAsync(string from) => ExpectAsync(() => _run!.ErrorSoFar.Contains($": {from} to ", StringComparison.Ordinal));

    private async Task ExpectAsync(Func<bool> holds)
    {
        try
        {
            await _run!.UntilAsync(holds);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_run!.ErrorSoFar}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
        }
    }

    private async Task<string> KillAsync(int node, string signal)
    {
        string place = await _nodes[node].UpAsync();
        await _nodes[node].EndAsync(signal);
        return place;
    }

    private async Task<string> SignalAsync(int node, string signal)
    {
        await _nodes[node].SignalAsync(signal);
        return await _nodes[node].UpAsync();
    }

    private async Task<JsonElement> StopAsync()
    {
        _run!.Signal("INT");
        Ended ended = await _run.EndAsync();
        Assert.True(ended.Code == 130, $"{ended.Error}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
        return ended.Json;
    }
}
