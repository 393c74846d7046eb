using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Actors;
using Nudge.Cluster.Tests.Hosting;
using Nudge.Hosting;
using Nudge.Links;
using Nudge.Telemetry;

namespace Nudge.Cluster.Tests.Telemetry;

/// <summary>What Prometheus reads of a node that takes part in a run.</summary>
public sealed partial class MetricsTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_of_a_run_exports_what_it_counts_and_the_dashboard_asks_for_nothing_else()
    {
        int port = FreePort.Find();
        await using SmallCluster cluster = await SmallCluster.StartAsync(nodes: 2, presentations: 1_000_000_000, healthPort: port);
        await cluster.Engine.StartAsync();
        await cluster.Engine.WhenShownAsync(100).WaitAsync(Within);
        // The managers of slices count these.
        var hosting = HostingCounts.Of(cluster.Nodes[0].System);
        hosting.CountMove();
        hosting.CountReport("other", Steps(5000), Steps(6000) with { Ahead = 12.5, Control = [Waiting(1000), Waiting(234)] });
        hosting.CountSave();
        hosting.CountFailedSave();

        using var client = new HttpClient { Timeout = Within };
        string page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));

        string other = cluster.Nodes[1].Place.ToString();
        foreach (string name in new[]
        {
            "nudge_peer_messages_sent_total", "nudge_peer_messages_received_total", "nudge_peer_sent_bytes_total",
            "nudge_peer_received_bytes_total",
        })
            Assert.True(ValueOf(page, name, $"peer=\"{other}\"") > 0, $"{name} of {other} in\n{page}");
        Assert.Equal(0, ValueOf(page, "nudge_peer_messages_dropped_total", $"peer=\"{other}\""));
        Assert.Equal(0, ValueOf(page, "nudge_peer_reconnections_total", $"peer=\"{other}\""));
        Assert.InRange(ValueOf(page, "nudge_peer_waiting_bytes", $"peer=\"{other}\""), 0, 1 << 20);
        Assert.InRange(ValueOf(page, "nudge_slices_hosted"), 1, 3);
        Assert.Equal(3, ValueOf(page, "nudge_cluster_members", "reachable=\"yes\""));
        Assert.True(ValueOf(page, "nudge_slices_moved_total") >= 1);
        Assert.True(ValueOf(page, "nudge_slices_steps_total") >= 1000);
        Assert.InRange(ValueOf(page, "nudge_slices_waiting"), 1234, 1_000_000);
        Assert.True(ValueOf(page, "nudge_slices_ahead") >= 12.5);
        Assert.True(ValueOf(page, "nudge_loop_busy_seconds_total") > 0);
        Assert.True(ValueOf(page, "nudge_store_saves_total") >= 1);
        Assert.True(ValueOf(page, "nudge_store_failures_total") >= 1);

        HashSet<string> exported = [.. Type().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.All(Dashboard.Metrics(), name => Assert.Contains(name, exported));
        Assert.All(
            exported.Where(name => name.StartsWith("nudge_", StringComparison.Ordinal)),
            name => Assert.Contains(name, Dashboard.Metrics()));
    }

    [Fact]
    public async Task A_node_exports_its_own_counts_and_not_those_of_others_in_its_process()
    {
        int port = FreePort.Find();
        await using Node node = Node.Start(new() { HealthPort = port }, null);
        await using Node other = Node.Start(new() { HealthPort = FreePort.Find() }, null);
        HostingCounts.Of(node.System).CountSave();
        HostingCounts.Of(other.System).CountSave();
        using var client = new HttpClient { Timeout = Within };
        string page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
        Assert.Equal(1, ValueOf(page, "nudge_store_saves_total"));
        Assert.Contains($"service_instance_id=\"{node.Place}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other.Place}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_report_of_an_incarnation_counts_no_steps_that_another_one_made()
    {
        await using Node node = Node.Start(new(), null);
        var hosting = HostingCounts.Of(node.System);
        hosting.CountReport("run", null, Steps(5000));
        hosting.CountReport("run", Steps(5000), Steps(5020));
        Assert.Equal(20, hosting.Steps);
    }

    [Fact]
    public async Task What_waits_and_how_far_slices_are_ahead_is_that_of_the_slices_that_are_here()
    {
        await using Node node = Node.Start(new(), null);
        var hosting = HostingCounts.Of(node.System);
        Assert.Equal((0, 0), (hosting.Waiting, hosting.Ahead));
        hosting.CountReport("run", null, Steps(1) with { Ahead = 3, Received = [Waiting(5)], Control = [Waiting(2)] });
        hosting.CountReport("run", null, Steps(1) with { Slice = 1, Ahead = 1.5 });
        hosting.CountReport("other", null, Steps(1) with { Received = [Waiting(10)] });
        Assert.Equal((17, 3), (hosting.Waiting, hosting.Ahead));
        hosting.CountReport("run", Steps(1), Steps(2) with { Ahead = 2 });
        Assert.Equal((10, 2), (hosting.Waiting, hosting.Ahead));
        hosting.Forget("run", 0);
        Assert.Equal((10, 1.5), (hosting.Waiting, hosting.Ahead));
    }

    private static LinkReport Waiting(long messages) => new(0, default, default, messages);

    private static SliceCounters Steps(long steps) => new(0, 0, steps, 0, default, 0, new(), [], []);

    private static double ValueOf(string page, string metric, string label = "")
    {
        string line = Assert.Single(page.Split('\n'), line =>
            line.StartsWith($"{metric}{{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^# TYPE (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Type();
}
