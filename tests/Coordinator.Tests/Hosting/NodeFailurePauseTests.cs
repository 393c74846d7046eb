using System.Text.Json;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>What becomes of a run when one of its nodes stands still. A class of its own runs beside the other failures.</summary>
public sealed class NodeFailurePauseTests : IDisposable
{
    private readonly FailingCluster _cluster = new();

    [Fact]
    public async Task A_node_that_stands_still_for_a_moment_gets_the_newest_activity_alone_and_the_ledger_balances()
    {
        // No store: a process that stops in the middle of a write would keep it locked for the others.
        // Paced by the wall clock, no slice waits for another one.
        await _cluster.StartAsync(
            nodes: 2,
            withStore: false,
            more: ["--set", "engine.pacing=wall-clock", "--set", "phases.length={law: fixed, mean: 4}"]);
        await _cluster.UntilSampledAsync(2);
        await _cluster.SignalAsync(1, "STOP");
        // Shorter than the timeout of the others, and long enough for more steps than a window holds messages.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await _cluster.SignalAsync(1, "CONT");
        await _cluster.UntilSampledAsync(4);
        JsonElement results = await _cluster.StopAsync();
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
        await _cluster.StartAsync(nodes: 3, withStore: true, saveEvery: "20");
        await _cluster.UntilSampledAsync(1);
        string stopped = await _cluster.SignalAsync(1, "STOP");
        await _cluster.UntilMovedAsync(stopped);
        await _cluster.SignalAsync(1, "CONT");
        Assert.Equal(3, await _cluster.Nodes[1].EndAsync());
        await _cluster.UntilSampledAsync(2);
        JsonElement results = await _cluster.StopAsync();
        Assert.Equal("hidden", Assert.Single(results.GetProperty("moves").EnumerateArray()).GetProperty("slice").GetString());
    }

    public void Dispose() => _cluster.Dispose();
}
