using Nudge.Networks;
using Nudge.Phases;

namespace Nudge.Actors;

/// <summary>All that a stage needs to raise the actors of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Conductor">Decides what is shown.</param>
/// <param name="Settings">Pace of the actors.</param>
/// <param name="Hosts">The slices; made, if they have not been, when first asked for.</param>
/// <param name="Board">Where the coordinator publishes its progress.</param>
internal sealed record Cast(
    NetworkPlan Network, Conductor Conductor, ActorEngineSettings Settings, Lazy<SliceHost[]> Hosts, ProgressBoard Board);

/// <summary>Where the actors of a network live: in this process, or on the nodes of a cluster.</summary>
internal interface IStage : IAsyncDisposable
{
    /// <summary>How long messages may be on their way after the last was sent.</summary>
    TimeSpan Transit { get; }

    /// <summary>Raises all actors, introduced to one another and waiting for the first phase.</summary>
    Task<Roster> OpenAsync(Cast cast);

    /// <summary>The state of one slice. Freeze first.</summary>
    Task<byte[]> StateOfAsync(int slice);
}
