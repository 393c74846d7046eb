using Nudge.Actors;
using Nudge.Links;

namespace Nudge.Supervision;

/// <summary>One slice of a run, as far as a supervisor is concerned.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Cost">What it costs its node.</param>
internal readonly record struct SupervisedSlice(string Name, long Cost);

/// <summary>What a supervisor needs to know of its run.</summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Supervisor">Path of the supervisor's actor.</param>
/// <param name="Coordinator">Path of the coordinator's actor.</param>
/// <param name="Slices">The slices, by index.</param>
/// <param name="Workers">The nodes of the plan, by number.</param>
/// <param name="NodeOf">For each slice, the number of the node that hosts it first.</param>
internal sealed record SupervisedRun(
    string Run,
    string Supervisor,
    string Coordinator,
    IReadOnlyList<SupervisedSlice> Slices,
    IReadOnlyList<string> Workers,
    IReadOnlyList<int> NodeOf)
{
    /// <summary>The experiment file, defaults filled in.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>Classes of the examples.</summary>
    public int Classes { get; init; }

    /// <summary>Whether nodes have a store, so that slices can start again elsewhere.</summary>
    public bool KeepsSlices { get; init; }

    /// <summary>Drawn for each coordinator.</summary>
    public long Token { get; init; }

    /// <summary>What the coordinator has drawn that this one goes on from, 0 for a run that begins: the store of the run knows it.</summary>
    public long TokenBefore { get; init; }

    /// <summary>Balances the activity that incarnations have counted: nothing is under way where all of it is accounted for.</summary>
    public required Func<IReadOnlyList<SliceCounters>, IReadOnlyList<LedgerEntry>> Balance { get; init; }
}

/// <summary>What can happen to a supervisor.</summary>
internal abstract record SupervisorEvent
{
    /// <summary>Time has passed; comes every <see cref="RunSupervisor.TickEvery"/>.</summary>
    internal sealed record Tick : SupervisorEvent;

    /// <summary>A node has joined.</summary>
    /// <param name="Node">Its name.</param>
    /// <param name="Process">Tells its process from others under the same address.</param>
    /// <param name="Keeps">Whether it has a store.</param>
    internal sealed record NodeUp(string Node, int Process, bool Keeps) : SupervisorEvent;

    /// <summary>A node is about to leave in order.</summary>
    internal sealed record NodeLeaving(string Node) : SupervisorEvent;

    /// <summary>Membership takes a node for unreachable, or no longer.</summary>
    internal sealed record NodeReachable(string Node, bool Reachable) : SupervisorEvent;

    /// <summary>A node is a member no longer.</summary>
    /// <param name="Node">Its name.</param>
    /// <param name="Lost">Whether the others removed it; else it left.</param>
    internal sealed record NodeRemoved(string Node, bool Lost) : SupervisorEvent;

    /// <summary>The others have removed the coordinator's own node.</summary>
    internal sealed record SelfRemoved : SupervisorEvent;

    /// <summary>A message from a node has arrived.</summary>
    internal sealed record Received(string Node, object Message) : SupervisorEvent;

    /// <summary>The coordinator has stopped, or goes on.</summary>
    internal sealed record CoordinatorFrozen(long Round) : SupervisorEvent;

    /// <summary>The engine asks for the actors of all slices, once they are up.</summary>
    internal sealed record AskActors(long Request) : SupervisorEvent;

    /// <summary>The engine has coordinator and slices stop, or go on.</summary>
    internal sealed record AskFreeze(long Request, bool Frozen) : SupervisorEvent;

    /// <summary>The engine asks for the counters of all slices, or for those that are known.</summary>
    internal sealed record AskRunCounters(long Request, bool Fresh) : SupervisorEvent;

    /// <summary>The run is over: all slices end in order.</summary>
    internal sealed record AskToEnd(long Request) : SupervisorEvent;
}

/// <summary>What a supervisor has done.</summary>
internal abstract record SupervisorEffect
{
    /// <summary>Sends a message to the endpoint of a node.</summary>
    internal sealed record ToNode(string Node, object Message) : SupervisorEffect;

    /// <summary>Sends a message to the coordinator, which is in the same process.</summary>
    internal sealed record ToCoordinator(object Message) : SupervisorEffect;

    /// <summary>Tells the coordinator where a slice is that has started again.</summary>
    internal sealed record SliceStarted(int Slice, string Path) : SupervisorEffect;

    /// <summary>Answers a request of the engine.</summary>
    internal sealed record Answer(long Request) : SupervisorEffect;

    /// <summary>A slice has started again elsewhere.</summary>
    internal sealed record Moved(SliceMove Move) : SupervisorEffect;

    /// <summary>An actor of a slice has failed and was restarted.</summary>
    internal sealed record Faulted : SupervisorEffect;

    /// <summary>One line for the user of the run.</summary>
    internal sealed record Notice(string Text) : SupervisorEffect;

    /// <summary>The run cannot go on.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="Numerical">Whether the network's numbers are the cause, and not the cluster.</param>
    internal sealed record Fail(string Reason, bool Numerical = false) : SupervisorEffect;
}
