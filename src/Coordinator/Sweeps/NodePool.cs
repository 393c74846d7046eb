using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Plugins;
using Nudge.Running;
using Nudge.Runs;

namespace Nudge.Sweeps;

/// <summary>The nodes of a cluster, each run on one of them.</summary>
/// <param name="nodes">Which nodes.</param>
/// <param name="atATime">Runs at a time on each of them; null is what each of them has room for.</param>
/// <param name="data">Folder of data files for nodes of this machine; others have their own.</param>
/// <param name="stimuli">The data of all runs, as they are here; nodes with other ones decline.</param>
/// <param name="progress">Receives a sentence about each node that joins or leaves.</param>
internal sealed class NodePool(
    NodeChoice nodes, int? atATime, string? data, SharedStimuli stimuli, IProgressDisplay progress) : ISweepPool
{
    /// <inheritdoc/>
    public string Where => nodes.LocalNodes > 0
        ? $"on {nodes.LocalNodes} nodes of this machine"
        : $"on the nodes of {string.Join(", ", nodes.Join)}";

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<PoolJob> jobs, IPoolWatcher watcher, CancellationToken cancellation)
    {
        try
        {
            await foreach (RunWord message in RunSpread.RunAsync(Options(jobs), cancellation))
                Report(message, jobs, watcher);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is done is what was requested.
        }
    }

    /// <summary>The folder for nodes of this machine, which open none but their own: that of the runs, if they name one.</summary>
    private string? FolderFor(IReadOnlyList<PoolJob> jobs) =>
        jobs.Count > 0 ? stimuli.Resolved(jobs[0].Settings).Data.Folder ?? data : data;

    private static IReadOnlyList<PluginSettings> PluginsOf(IReadOnlyList<PoolJob> jobs) => jobs.Count > 0 ? jobs[0].Settings.Plugins : [];

    private SpreadOptions Options(IReadOnlyList<PoolJob> jobs) => new()
    {
        Node = nodes.Node with { Role = NodeSettings.Coordinator, Seeds = nodes.Join, Store = null },
        Nodes = nodes.LocalNodes > 0 ? nodes.LocalNodes : nodes.WaitFor,
        LocalNode = nodes.LocalNodes > 0
            ? seed => NodeProgram.StartForRuns(
                seed, nodes.Node, atATime ?? Math.Max(1, Environment.ProcessorCount / nodes.LocalNodes), FolderFor(jobs), PluginsOf(jobs))
            : null,
        Runs = jobs.Count,
        Order = job => NodeRuns.OrderOf(jobs[job], stimuli),
        Version = NodeRuns.Version,
        AtATime = atATime ?? int.MaxValue,
    };

    private void Report(RunWord message, IReadOnlyList<PoolJob> jobs, IPoolWatcher watcher)
    {
        switch (message)
        {
            case RunAdvanced advanced:
                watcher.Advanced(advanced.Job, advanced.Shown);
                break;
            case RunOver over:
                watcher.Finished(over.Job, new(jobs[over.Job], Result(over.Numbers), over.Failure));
                break;
            case NodeWord news:
                progress.Say(news.Sentence);
                break;
        }
    }

    private static HeadlessResult? Result(RunNumbers? numbers) => numbers is null ? null : new()
    {
        Metrics = new OrderedDictionary<string, double>(numbers.Metrics),
        Curve = [],
        WallSeconds = numbers.WallSeconds,
        EventHash = numbers.EventHash,
        Warnings = [.. numbers.Warnings.Select(NodeRuns.Received)],
    };
}
