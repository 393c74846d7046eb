using Nudge.Actors;
using Nudge.Networks;
using Nudge.Training;

namespace Nudge.Hosting;

/// <summary>The actors' engine with its slices on the nodes of a cluster.</summary>
public static class ClusterEngine
{
    /// <summary>Makes an engine; it joins the cluster when it is started.</summary>
    /// <param name="network">The network.</param>
    /// <param name="conductor">Decides what is shown.</param>
    /// <param name="settings">Pace of the actors.</param>
    /// <param name="options">On which nodes.</param>
    public static ActorEngine Create(
        NetworkPlan network, Conductor conductor, ActorEngineSettings settings, ClusterOptions options) =>
        new(network, conductor, settings, new ClusterStage(options));
}
