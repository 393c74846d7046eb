using Nudge.Networks;
using Nudge.State;
using Nudge.Training;

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
internal interface IStage : IStateful, IAsyncDisposable
{
    /// <summary>How long messages may be on their way after the last was sent.</summary>
    TimeSpan Transit { get; }

    /// <summary>Whether slices save themselves, so that a checkpoint needs the coordinator's state alone.</summary>
    bool KeepsStates { get; }

    /// <summary>Raises all actors, introduced to one another and waiting for the first phase.</summary>
    Task<Roster> OpenAsync(Cast cast);

    /// <summary>Stops coordinator and slices, or lets them go; returns when all have.</summary>
    Task FreezeAsync(bool frozen);

    /// <summary>The books of the present lives of all slices.</summary>
    /// <param name="frozen">Whether all are frozen; while they run, what they last reported is as good as any.</param>
    Task<IReadOnlyList<SliceBooks>> BooksAsync(bool frozen);

    /// <summary>The books of lives that have ended.</summary>
    Task<IReadOnlyList<SliceBooks>> EndedAsync();

    /// <summary>The state of one slice. Freeze first.</summary>
    Task<byte[]> StateOfAsync(int slice);

    /// <summary>The memory of the processes that host the slices.</summary>
    Task<IReadOnlyList<NodeMemory>> MemoryAsync();

    /// <summary>
    /// Saves or restores what the stage needs to find the states of its slices again: nothing where it keeps none. Restore
    /// before <see cref="OpenAsync"/>.
    /// </summary>
    /// <param name="state">The section of the stage.</param>
    void IStateful.Describe(StateSection state)
    {
    }
}
