using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nudge.Recording;
using Nudge.Testing;
using Xunit.Abstractions;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>
/// Three hosts, a node on each, with 20 ± 10 ms and 5 % of packets lost between them: TCP repairs what it can. The
/// run's coordinator is on the first host. <c>NUDGE_LAB_SECONDS</c> makes the watch for false removals longer.
/// </summary>
public sealed class LabRunTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Hosts = 3;
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("NUDGE_LAB_SECONDS") ?? "8", CultureInfo.InvariantCulture));
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "nudge.dll");
    private readonly TemporaryFolder _folder = new();
    private readonly List<LabProcess> _nodes = [];
    private NetworkLab? _lab;
    private LabProcess? _run;

    [SkippableFact]
    public async Task A_slow_and_lossy_network_forms_a_cluster_removes_nobody_and_learns()
    {
        await FormAsync();
        await StartRunAsync();
        int before = Rows();
        await Task.Delay(Watch);
        Assert.True(Rows() > before, _run!.Log);
        JsonElement results = await StopAsync();
        Assert.Empty(results.GetProperty("moves").EnumerateArray());
        Assert.True(results.GetProperty("learned").GetProperty("positive").GetInt64() > 0);
        Assert.Equal(0, results.GetProperty("ledger").GetProperty("unaccounted").GetInt64());
    }

    [SkippableFact]
    public async Task A_host_that_is_cut_off_loses_its_slices_and_when_the_network_heals_its_node_says_that_it_is_out()
    {
        await FormAsync();
        await StartRunAsync();
        await _lab!.CutAsync("2");
        await UntilAsync(() => _run!.Log.Contains($": {NetworkLab.AddressOf(2)}:4053 to ", StringComparison.Ordinal));
        await _lab.HealAsync();
        Assert.Equal(3, await _nodes[1].EndAsync());
        int before = Rows();
        await UntilAsync(() => Rows() > before);
        JsonElement results = await StopAsync();
        Assert.Equal(
            "hidden", Assert.Single(results.GetProperty("moves").EnumerateArray()).GetProperty("slice").GetString());
        JsonElement ledger = results.GetProperty("ledger");
        Assert.All(
            ledger.GetProperty("links").EnumerateArray(),
            link => Assert.True(link.GetProperty("unaccounted").GetInt64() >= 0, $"more received than sent: {link}"));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task FormAsync()
    {
        _lab = await NetworkLab.StartAsync(new() { Hosts = Hosts, Delay = "20ms", Jitter = "10ms", Loss = 0.05, Seed = 1 });
        var watch = Stopwatch.StartNew();
        for (int host = 1; host <= Hosts; host++)
        {
            string[] seed = host == 1 ? [] : ["--seed", $"{NetworkLab.AddressOf(1)}:4053"];
            _nodes.Add(_lab.Start(
                host, "dotnet",
                [Program, "node", "--host", NetworkLab.AddressOf(host), "--port", "4053",
                "--store", $"sqlite:{Path.Combine(_folder.Path, "slices.db")}", "--save-every", "0.5", .. seed]));
        }

        foreach (LabProcess node in _nodes)
            await node.LineAsync("up: ");
        output.WriteLine($"formed in {watch.Elapsed.TotalSeconds:0.0} s with the start of {Hosts} processes");
    }

    private async Task StartRunAsync()
    {
        _run = _lab!.Start(
            1, "dotnet", [Program, "run", "xor", "--engine", "cluster", "--host", NetworkLab.AddressOf(1),
            "--join", $"{NetworkLab.AddressOf(1)}:4053", "--nodes", $"{Hosts}", "--out", Path.Combine(_folder.Path, "r"),
            "--placement", "bits=0,hidden=1,class=2", "--set", "lanes=64", "--set", "run.presentations=6400000",
            "--set", "run.evaluateEvery=64", "--set", "run.evaluateExamples=4", .. FailingCluster.Unhurried]);
        await UntilAsync(() => Rows() > 1);
    }

    private int Rows()
    {
        string metrics = Path.Combine(_folder.Path, "r", RunFiles.Metrics);
        return File.Exists(metrics) ? File.ReadAllLines(metrics).Length : 0;
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!holds())
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"{_run!.Log}\n{string.Join("\n--\n", _nodes.Select(node => node.Log))}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private async Task<JsonElement> StopAsync()
    {
        await _run!.SignalAsync("INT");
        int code = await _run.EndAsync();
        Assert.True(code == 130, _run.Log);
        string text = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "r", RunFiles.Summary));
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        return (root.TryGetProperty("results", out JsonElement results) ? results : root).Clone();
    }
}
