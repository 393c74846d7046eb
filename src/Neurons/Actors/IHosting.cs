using Nudge.Interventions;
using Nudge.Networks;
using Nudge.State;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>All that a hosting needs to start the actors of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="TrainingSchedule">Decides what is shown.</param>
/// <param name="Settings">Pace of the actors.</param>
/// <param name="Hosts">The slices; made, if they have not been, when first asked for.</param>
/// <param name="Board">Where the coordinator publishes its progress.</param>
internal sealed record NetworkLaunch(
    NetworkPlan Network, TrainingSchedule TrainingSchedule, ActorEngineSettings Settings, Lazy<SliceHost[]> Hosts, ProgressPublisher Board)
{
    /// <summary>What is changed while it runs, or null.</summary>
    internal PendingInterventions? Interventions { get; init; }
}

/// <summary>Where the actors of a network run: in this process, or on the nodes of a cluster.</summary>
internal interface IHosting : IStateful, IAsyncDisposable
{
    /// <summary>How long messages may be on their way after the last was sent.</summary>
    TimeSpan Transit { get; }

    /// <summary>Whether slices save themselves, so that a checkpoint needs the coordinator's state alone.</summary>
    bool KeepsStates { get; }

    /// <summary>The name under which a store keeps the slices, once they are started; null where none does.</summary>
    string? StoredAs => null;

    /// <summary>Starts all actors, each with its neighbours and waiting for the first phase.</summary>
    Task<NetworkActors> OpenAsync(NetworkLaunch launch);

    /// <summary>Stops coordinator and slices, or resumes them; returns when all have answered.</summary>
    Task FreezeAsync(bool frozen);

    /// <summary>The counters of the present incarnations of all slices.</summary>
    /// <param name="frozen">Whether all are frozen; while they run, what they last reported is as good as any.</param>
    Task<IReadOnlyList<SliceCounters>> CountersAsync(bool frozen);

    /// <summary>The counters of incarnations that have ended.</summary>
    Task<IReadOnlyList<SliceCounters>> EndedAsync();

    /// <summary>The state of one slice. Freeze first.</summary>
    Task<byte[]> StateOfAsync(int slice);

    /// <summary>The memory of the processes that host the slices.</summary>
    Task<IReadOnlyList<NodeMemory>> MemoryAsync();

    /// <summary>
    /// Saves or restores what the hosting needs to find the states of its slices again: nothing where it keeps none. Restore
    /// before <see cref="OpenAsync"/>.
    /// </summary>
    /// <param name="state">The section of the hosting.</param>
    void IStateful.Describe(StateSection state)
    {
    }
}
