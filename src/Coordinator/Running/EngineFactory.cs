using Nudge.Actors;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Links;
using Nudge.Placement;
using Nudge.Recording;
using Nudge.Virtual;

namespace Nudge.Running;

/// <summary>Chooses the engine by its name.</summary>
public static class EngineFactory
{
    /// <summary>The name of the engine whose slices live on the nodes of a cluster.</summary>
    public const string Cluster = "cluster";

    /// <summary>The name of the engine of virtual time.</summary>
    public const string Virtual = "virtual";

    private const string Actors = "actors";

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [Virtual, Actors, Cluster];

    /// <summary>Makes an engine for a run that has not begun.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="run">The run.</param>
    /// <param name="nodes">On which nodes; only the cluster asks.</param>
    /// <param name="placed">Receives the placement; only the cluster has one.</param>
    /// <param name="folder">The run's folder; only the cluster asks, when it starts.</param>
    /// <param name="report">Receives a line for people when a node of virtual time is lost.</param>
    public static IEngineRun Create(
        string name,
        PreparedRun run,
        NodeChoice? nodes = null,
        Action<PlacementPlan>? placed = null,
        Func<string>? folder = null,
        Action<string>? report = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (name != Virtual && run.Settings.Links.Activity.Send.When != SendWhen.EveryStep)
        {
            throw new ExperimentException(
            [
                new(
                    "--engine",
                    "links.activity.send.when",
                    $"the engine {name} sends whole states; expected every-step, or --engine virtual"),
            ]);
        }

        return name switch
        {
            Virtual when nodes is { LocalNodes: > 0 } or { Join.Count: > 0 } => new VirtualRun(
                run.Network,
                run.TrainingSchedule,
                run.Interventions,
                new VirtualCluster(
                    run.Network, run.TrainingSchedule, OptionsOf(run, nodes, placed ?? (_ => { }), null), report ?? (_ => { }))),
            Virtual => new VirtualRun(run.Network, run.TrainingSchedule, run.Interventions, run.Settings.Engine.Loops),
            Actors => new ActorRun(
                Actors, run.Network, new ActorEngine(run.Network, run.TrainingSchedule, run.Settings.Engine) { Interventions = run.Interventions }),
            Cluster => new ActorRun(Cluster, run.Network, OnNodes(run, nodes ?? new(), placed ?? (_ => { }), folder)),
            _ => throw new ArgumentException($"unknown engine {name}; expected {string.Join(" or ", Names)}", nameof(name)),
        };
    }

    private static ActorEngine OnNodes(PreparedRun run, NodeChoice nodes, Action<PlacementPlan> placed, Func<string>? folder)
    {
        ActorEngine engine = ClusterEngine.Create(
            run.Network, run.TrainingSchedule, run.Settings.Engine, OptionsOf(run, nodes, placed, () => StoreOf(folder)));
        engine.Interventions = run.Interventions;
        return engine;
    }

    private static ClusterOptions OptionsOf(
        PreparedRun run, NodeChoice nodes, Action<PlacementPlan> placed, Func<string>? store)
    {
        var local = new LocalNodes();
        if (nodes.LocalNodes > 0)
            run.Interventions.Nodes = local;
        return new()
        {
            Local = local,
            Node = nodes.Node with { Role = NodeSettings.Coordinator, Seeds = nodes.Join },
            Nodes = nodes.LocalNodes > 0 ? nodes.LocalNodes : nodes.WaitFor,
            LocalNode = nodes.LocalNodes > 0
                ? seed => NodeProgram.Start(seed, nodes.Node, store is null ? "" : nodes.Store ?? store(), run.Network.Synapses, run.Settings.Plugins)
                : null,
            Placement = PlacementStrategies.Parse(
                nodes.Placement ?? run.Settings.Engine.Placement, Definitions.Of(run.Settings)),
            Placed = placed,
            Experiment = SettingsWriter.ToYaml(run.Settings, explained: false),
            Classes = run.Data.Train.Classes,
        };
    }

    /// <summary>Nodes of one machine share a file beside the run's other files.</summary>
    private static string StoreOf(Func<string>? folder) => $"sqlite:{Path.Combine(folder?.Invoke() ?? ".", RunFiles.Slices)}";
}
