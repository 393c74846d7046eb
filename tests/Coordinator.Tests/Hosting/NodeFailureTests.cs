using System.Text.Json;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>What becomes of a run when its nodes, or it itself, end in the middle.</summary>
public sealed class NodeFailureTests : IDisposable
{
    private readonly FailingCluster _cluster = new();

    [Fact]
    public async Task A_killed_node_s_slices_go_on_elsewhere_from_their_snapshots_and_the_books_bound_what_died_with_it()
    {
        await _cluster.StartAsync(nodes: 3, withStore: true);
        // Longer than slices take until each has saved itself.
        await _cluster.UntilSampledAsync(40);
        string killed = await _cluster.KillAsync(1, "KILL");
        await _cluster.UntilMovedAsync(killed);
        await _cluster.UntilSampledAsync(2);
        JsonElement results = await _cluster.StopAsync();
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
        await _cluster.StartAsync(nodes: 3, withStore: true);
        await _cluster.UntilSampledAsync(4);
        string left = await _cluster.KillAsync(1, "TERM");
        await _cluster.UntilMovedAsync(left);
        await _cluster.UntilSampledAsync(2);
        JsonElement results = await _cluster.StopAsync();
        Assert.Equal("hidden", Assert.Single(results.GetProperty("moves").EnumerateArray()).GetProperty("slice").GetString());
        JsonElement ledger = results.GetProperty("ledger");
        Assert.True(ledger.GetProperty("unaccounted").GetInt64() == 0, $"{ledger}");
        Assert.True(ledger.GetProperty("realLost").GetInt64() == 0, $"{ledger}");
    }

    [Fact]
    public async Task Without_a_store_a_run_that_loses_a_node_ends_and_names_the_slices()
    {
        await _cluster.StartAsync(nodes: 2, withStore: false);
        await _cluster.UntilSampledAsync(1);
        string killed = await _cluster.KillAsync(1, "KILL");
        Ended ended = await _cluster.Run.EndAsync();
        Assert.Equal(1, ended.Code);
        Assert.Contains($"node {killed} was lost, and with it hidden", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_that_is_killed_goes_on_with_the_slices_as_they_last_saved_themselves()
    {
        await _cluster.StartAsync(nodes: 2, withStore: true, more: ["--set", "run.checkpointEvery=128"]);
        await _cluster.UntilSampledAsync(1);
        await _cluster.Run.UntilFileAsync(Path.Combine(_cluster.Folder.Path, "r"), "checkpoint-*.bin");
        _cluster.Run.Signal("KILL");
        await _cluster.Run.EndAsync();
        string seed = await _cluster.Nodes[0].UpAsync();
        string[] goOn = ["run", "--resume", "r", "--engine", "cluster", "--join", seed, "--nodes", "2", "--json", .. FailingCluster.Unhurried];
        Ended refused = await NudgeProcess.RunAsync(_cluster.Folder.Path, [.. goOn, "--set", "seed=77"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("--set seed=77: seed: 77, and the run was begun with", refused.Error, StringComparison.Ordinal);
        _cluster.Start(goOn);
        await _cluster.UntilSampledAsync(2);
        JsonElement results = await _cluster.StopAsync();
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

    public void Dispose() => _cluster.Dispose();
}
