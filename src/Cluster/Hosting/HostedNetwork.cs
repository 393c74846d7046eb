using Nudge.Actors;
using Nudge.Networks;

namespace Nudge.Hosting;

/// <summary>A network as a node compiled it.</summary>
/// <param name="Network">The network.</param>
/// <param name="Settings">Pace of the actors.</param>
public sealed record HostedNetwork(NetworkPlan Network, ActorEngineSettings Settings);

/// <summary>Compiles the network of an experiment.</summary>
/// <param name="experiment">The experiment file.</param>
/// <param name="classes">Classes of its examples.</param>
public delegate HostedNetwork NetworkSource(string experiment, int classes);
