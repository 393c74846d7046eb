using Nudge.Networks;
using Nudge.Training;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// Virtual time on nodes: the coordinator's engine, and what it exchanges with them. The result is that of one process, to the
/// bit. The coordinator keeps the slices as the nodes last reported them; with a whole report it has the whole state.
/// </summary>
internal sealed class DistributedEngine
{
    private readonly NetworkPlan _network;
    private readonly INodeGroup _nodes;
    private readonly RemoteExecution _execution;
    private (long Steps, long Lagging) _lagBefore;

    /// <summary>Makes the coordinator's side.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="nodes">The nodes.</param>
    internal DistributedEngine(NetworkPlan network, TrainingSchedule schedule, INodeGroup nodes)
    {
        (_network, _nodes) = (network, nodes);
        RemoteExecution? execution = null;
        Engine = new(
            network,
            schedule,
            slice => network.CreateSlice(slice),
            (slices, answers, lag) =>
                execution = new(slices, answers, lag, nodes, network.Settings.Links.Activity.Send.When));
        _execution = execution!;
    }

    /// <summary>The engine. Its slices are as they were last reported.</summary>
    internal VirtualEngine Engine { get; }

    /// <summary>Takes over what the nodes report of their slices.</summary>
    /// <param name="whole">With weights and the messages under way, so that the engine's state is that of the run.</param>
    internal void Collect(bool whole)
    {
        _nodes.Order(new AskSlices(whole));
        IReadOnlyList<SlicesReport> reports = _nodes.AwaitSlices();
        Engine.Lag.Clear();
        Engine.Lag.Add(0, _lagBefore.Steps, _lagBefore.Lagging);
        var slices = new NodeSlices([.. Engine.Slices], Engine.Network, Engine.Lag);
        foreach (SlicesReport report in reports)
            slices.Restore(report.State, report.Whole);
        if (whole && Engine.Network.UnderWay.Any(one => !one.Sent.IsReady))
            throw new InvalidOperationException("A message is under way that no node has reported.");
    }

    /// <summary>
    /// What each node begins with, from the engine's state, which must be whole; empty before the first event, unless the weights are
    /// given: a node draws its first weights itself, and has no others.
    /// </summary>
    /// <param name="places">For each slice the number of its node.</param>
    /// <param name="node">The node.</param>
    internal byte[] StateFor(IReadOnlyList<int> places, int node) =>
        Engine.Events == 0 && _network.InitialWeights is null ? [] : _execution.StateFor(Engine.Network, slice => places[slice] == node);

    /// <summary>The nodes are about to start again: call it once before <see cref="StateFor"/>.</summary>
    internal void Restart()
    {
        _lagBefore = Engine.Lag.Sum;
        _execution.Restart();
    }
}
