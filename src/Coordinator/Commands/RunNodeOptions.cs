using System.CommandLine;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary>The options of <c>nudge run</c> and <c>nudge sweep</c> that choose nodes.</summary>
/// <param name="ofSlices">Whether nodes host slices; else they make whole runs, and nothing is placed or saved.</param>
internal sealed class RunNodeOptions(bool ofSlices = true)
{
    private readonly NodeOptions _shared = new();

    private NodeSetting<int> LocalNodes { get; } = NodeOptions.Number(
        "local-nodes",
        "Start so many node processes on this machine, and end them with the run.",
        0,
        0,
        256);

    private NodeSetting<HostPort[]> Join { get; } = NodeOptions.Places(
        "seed", "A node of a cluster that is there, HOST:PORT; may be repeated.", "--join");

    private NodeSetting<int> WaitFor { get; } = NodeOptions.Number(
        "nodes", "With --join: how many nodes must be up before the run starts. Default: 1.", 1, 1, int.MaxValue);

    private NodeSetting<string?> Placement { get; } = NodeOptions.Text(
        "placement",
        "On nodes: spread, cost, neighbourhood, or by hand as population=node,population=node. "
        + "Default: the experiment's engine.placement.");

    private NodeSetting[] Own => [LocalNodes, WaitFor, Placement];

    private IEnumerable<NodeSetting> Offered => ofSlices
        ? [LocalNodes, Join, WaitFor, Placement, .. _shared.Shared]
        : [LocalNodes, Join, WaitFor, .. _shared.Connection];

    internal void AddTo(Command command, Option<string?> engine)
    {
        command.Add(_shared.File);
        foreach (NodeSetting setting in Offered)
            command.Add(setting.Option);
        command.AddCheck(result =>
        {
            bool asked = result.GetResult(LocalNodes.Option) is not null || result.GetResult(Join.Option) is not null;
            string? name = result.GetValue(engine);
            if (asked && name != EngineFactory.Cluster && !(ofSlices && name is null or EngineFactory.Virtual))
            {
                result.AddError(
                    $"--local-nodes and --join belong to --engine cluster{(ofSlices ? ", or virtual" : "")}");
            }
        });
    }

    /// <summary>On which nodes; nothing is read where the engine needs none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="engine">The engine that was asked for, or null.</param>
    /// <param name="resumes">Whether a run goes on, whose engine is known only later.</param>
    internal NodeChoice Choice(ParseResult parsed, string? engine, bool resumes)
    {
        bool cluster = engine == EngineFactory.Cluster;
        bool onNodes = ofSlices && (parsed.GetResult(LocalNodes.Option) is not null || parsed.GetResult(Join.Option) is not null);
        if (!cluster && !onNodes && !(resumes && engine is null))
            return new();
        NodeSources sources = _shared.Sources(parsed, Own);
        int local = LocalNodes.Of(sources);
        HostPort[] join = Join.Of(sources);
        if (cluster && local > 0 == join.Length > 0)
        {
            throw new ExperimentException([new(
                "--engine cluster", "", "expected --local-nodes N, or --join HOST:PORT of a cluster that is there")]);
        }

        NodeSettings node = _shared.Settings(sources);
        return new()
        {
            LocalNodes = local,
            Join = join,
            WaitFor = WaitFor.Of(sources),
            Placement = Placement.Of(sources),
            Node = node,
            Warnings = [.. NodeWarnings.Of(node).Select(message => new RunWarning(WarningTopics.Nodes, "", message))],
            Store = _shared.Store.Of(sources),
        };
    }
}
