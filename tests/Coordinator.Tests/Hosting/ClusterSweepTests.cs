using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Running;
using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>Sweeps whose runs are made by nodes that may be killed.</summary>
public sealed partial class ClusterSweepTests(ClusterSweepTests.OneMachine alone)
    : IClassFixture<ClusterSweepTests.OneMachine>, IDisposable
{
    private const int Runs = 12;

    private static readonly string[] Sweep =
    [
        "sweep", "xor", "--vary", "links.activity.loss.rate=0,0.3", "--vary", "learning.rule=isd,differential-isd",
        "--seeds", "3", "--set", "run.presentations=1000", "--set", "run.evaluateEvery=500",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeProcess> _nodes = [];

    private string Logs => string.Join('\n', _nodes.Select(node => node.Log));

    [Fact]
    public async Task A_killed_node_s_runs_go_to_others_and_the_table_is_that_of_one_machine()
    {
        string seed = await StartAsync(3);
        using NudgeProcess sweep = NudgeProcess.Start(
            _folder.Path, [.. Sweep, "--engine", "cluster", "--join", seed, "--nodes", "3", "--out", "spread"]);
        await sweep.UntilAsync(() => Rows("spread") >= 3);
        await _nodes[1].EndAsync("KILL");
        Ended ended = await sweep.EndAsync();
        Assert.True(ended.Code == 0, $"{ended.Error}\n{Logs}");
        string gone = $"node {await _nodes[1].UpAsync()} is gone; others make the 1 run that it had";
        Assert.Contains(gone, ended.Error, StringComparison.Ordinal);
        AssertAsOnOneMachine("spread");
    }

    [Fact]
    public async Task A_sweep_that_is_interrupted_or_killed_goes_on_and_nodes_drop_what_nobody_waits_for()
    {
        // Two nodes are a majority without the coordinator.
        string seed = await StartAsync(2);
        string[] onNodes = ["--engine", "cluster", "--join", seed];
        string[] goOn = ["sweep", "--resume", "spread", .. onNodes];
        using NudgeProcess interrupted = NudgeProcess.Start(_folder.Path, [.. Sweep, .. onNodes, "--out", "spread"]);
        await interrupted.UntilAsync(() => Rows("spread") >= 1);
        interrupted.Signal("INT");
        Ended ended = await interrupted.EndAsync();
        Assert.True(ended.Code == 130, ended.Error);
        Assert.InRange(Rows("spread"), 1, Runs - 4);

        using NudgeProcess killed = NudgeProcess.Start(_folder.Path, goOn);
        int before = Rows("spread");
        await killed.UntilAsync(() => Rows("spread") > before);
        killed.Signal("KILL");
        await killed.EndAsync();

        // The nodes' only slots must be free again, or this one could not run.
        Ended last = await NudgeProcess.RunAsync(_folder.Path, goOn);
        Assert.True(last.Code == 0, $"{last.Error}\n{Logs}");
        AssertAsOnOneMachine("spread");
    }

    [Fact]
    public async Task Local_nodes_give_the_table_of_one_machine_and_end_with_the_sweep()
    {
        Ended ended = await NudgeProcess.RunAsync(
            _folder.Path, [.. Sweep, "--engine", "cluster", "--local-nodes", "2", "--out", "spread"]);
        Assert.True(ended.Code == 0, ended.Error);
        AssertAsOnOneMachine("spread");
        int[] ports =
        [
            .. MakesRuns().Matches(ended.Error).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(2, ports.Distinct().Count());
        await Ports.UntilClosedAsync(ports);
    }

    [Fact]
    public async Task A_node_without_the_data_or_with_other_data_is_named_and_one_that_has_them_makes_its_runs()
    {
        string data = await WriteDataAsync("data", grey: 6);
        string others = await WriteDataAsync("others", grey: 5);
        _nodes.Add(NodeProcess.Start("--workers", "1", "--data", _folder.File("nowhere")));
        string seed = await _nodes[0].UpAsync();
        string[] sweep =
        [
            "sweep", "xor", "--vary", "lanes=1,2", "--seeds", "2", "--set", "run.presentations=40", "--data", data,
            "--set", "data.set=idx", "--set", "populations.bits.size=4", "--set", "populations.class.size=10",
            "--set", "run.evaluateEvery=40", "--engine", "cluster", "--join", seed, "--out", "spread",
        ];

        Ended ended = await NudgeProcess.RunAsync(_folder.Path, sweep);
        Assert.True(ended.Code == 1, ended.Error);
        string reason = $"no node can make the runs: node {seed}: {_folder.File("nowhere")}: no such folder";
        Assert.Contains(reason, ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, Rows("spread"));

        _nodes.Add(NodeProcess.Start("--workers", "1", "--data", others, "--seed", seed));
        _nodes.Add(NodeProcess.Start("--workers", "1", "--data", data, "--seed", seed));
        string other = await _nodes[1].UpAsync();
        await _nodes[2].UpAsync();
        string[] goOn = ["sweep", "--resume", "spread", "--engine", "cluster", "--join", seed, "--nodes", "3", "--data", data];
        ended = await NudgeProcess.RunAsync(_folder.Path, goOn);
        Assert.True(ended.Code == 0, $"{ended.Error}\n{Logs}");
        Assert.Contains($"node {seed} gets no more runs: {_folder.File("nowhere")}", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"node {other} gets no more runs: its examples of idx", ended.Error, StringComparison.Ordinal);
        Assert.Equal(4, Rows("spread"));
    }

    [Theory]
    [InlineData("expected --local-nodes", "--engine", "cluster")]
    [InlineData("belong to --engine cluster", "--local-nodes", "2")]
    [InlineData("--placement", "--engine", "cluster", "--local-nodes", "2", "--placement", "cost")]
    [InlineData("actors", "--engine", "actors")]
    public async Task What_cannot_be_done_as_asked_is_refused_before_the_sweep_starts(string reason, params string[] arguments)
    {
        Ended ended = await NudgeProcess.RunAsync(_folder.Path, [.. Sweep, .. arguments]);
        Assert.Equal(2, ended.Code);
        Assert.Contains(reason, ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose()
    {
        foreach (NodeProcess node in _nodes)
            node.Dispose();
        _folder.Dispose();
    }

    private async Task<string> StartAsync(int nodes)
    {
        _nodes.Add(NodeProcess.Start("--workers", "1"));
        string seed = await _nodes[0].UpAsync();
        for (int i = 1; i < nodes; i++)
            _nodes.Add(NodeProcess.Start("--workers", "1", "--seed", seed));
        foreach (NodeProcess node in _nodes)
            await node.UpAsync();
        return seed;
    }

    private void AssertAsOnOneMachine(string folder)
    {
        Assert.Equal(alone.Table, TinySweep.TableWithoutTimes(_folder.File(folder)));
        Assert.Equal(Runs, Rows(folder));
    }

    /// <summary>Ten images of four pixels, one of each class.</summary>
    private async Task<string> WriteDataAsync(string name, int grey)
    {
        string folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        byte[] pixels = [.. Enumerable.Range(0, 40).Select(i => (byte)(grey * i))];
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 2, .. pixels];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 10, .. Enumerable.Range(0, 10).Select(i => (byte)i)];
        foreach (string part in new[] { "train", "t10k" })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{part}-images-idx3-ubyte"), images);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), labels);
        }

        return folder;
    }

    private int Rows(string folder)
    {
        string journal = Path.Combine(_folder.File(folder), SweepFiles.Journal);
        return File.Exists(journal) ? SweepJournal.Read(journal).Count : 0;
    }

    [GeneratedRegex(@"^node 127\.0\.0\.1:(\d+) makes", RegexOptions.Multiline)]
    private static partial Regex MakesRuns();

    /// <summary>The same sweep without nodes.</summary>
    public sealed class OneMachine : IAsyncLifetime
    {
        public IReadOnlyList<string> Table { get; private set; } = [];

        public async Task InitializeAsync()
        {
            using var folder = new TemporaryFolder();
            Ended ended = await NudgeProcess.RunAsync(folder.Path, [.. Sweep, "--quiet", "--out", "alone"]);
            Assert.True(ended.Code == 0, ended.Error);
            Table = TinySweep.TableWithoutTimes(folder.File("alone"));
            Assert.Equal(Runs + 1, Table.Count);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
