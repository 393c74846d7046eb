using Nudge.Messages;

namespace Nudge.Supervision;

/// <summary>What can happen to a manager of slices.</summary>
internal abstract record ManagerEvent
{
    /// <summary>Time has passed; comes every <see cref="SliceManager.TickEvery"/>.</summary>
    internal sealed record Tick : ManagerEvent;

    /// <summary>Orders have arrived.</summary>
    internal sealed record Ordered(HostingOrders Orders) : ManagerEvent;

    /// <summary>A directory has arrived.</summary>
    internal sealed record Directed(SliceDirectory Directory) : ManagerEvent;

    /// <summary>The first state of an assignment has arrived.</summary>
    internal sealed record FirstStateReceived(Assignment Of, Store.SliceRestored First) : ManagerEvent;

    /// <summary>The store of an assignment has sent a message.</summary>
    internal sealed record FromStore(Assignment Of, object Message) : ManagerEvent;

    /// <summary>The actor of an assignment has sent a message.</summary>
    internal sealed record FromSlice(Assignment Of, object Message) : ManagerEvent;

    /// <summary>The actor of an assignment could not be started.</summary>
    internal sealed record NotStarted(Assignment Of, string Reason) : ManagerEvent;

    /// <summary>The actor of an assignment has failed.</summary>
    /// <param name="Of">The assignment.</param>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="Fatal">Whether the run cannot go on; else the actor is restarted with its last state.</param>
    internal sealed record Failed(Assignment Of, string Reason, bool Fatal) : ManagerEvent;

    /// <summary>The store of an assignment has failed in a way of which it could not tell.</summary>
    internal sealed record StoreCrashed(Assignment Of, string Reason) : ManagerEvent;

    /// <summary>The coordinator's node has left the cluster, or was removed from it.</summary>
    internal sealed record SupervisorLost : ManagerEvent;

    /// <summary>The node is about to leave.</summary>
    internal sealed record Leave : ManagerEvent;

    /// <summary>A later coordinator directs the run: what is hosted for the earlier one ends, and is saved.</summary>
    internal sealed record Superseded : ManagerEvent;
}

/// <summary>What a manager of slices has done.</summary>
internal abstract record ManagerEffect
{
    /// <summary>Sends a message to the supervisor.</summary>
    internal sealed record ToSupervisor(object Message) : ManagerEffect;

    /// <summary>Opens the store of an assignment.</summary>
    /// <param name="Of">The assignment.</param>
    /// <param name="Continued">The incarnation whose store had failed, or 0 for a new incarnation.</param>
    internal sealed record OpenStore(Assignment Of, int Continued) : ManagerEffect;

    /// <summary>
    /// Asks the coordinator for the state that an assignment begins with, again and again until it has come; answered by
    /// <see cref="ManagerEvent.FirstStateReceived"/>.
    /// </summary>
    /// <param name="Of">The assignment.</param>
    /// <param name="Empty">What the store made of it: its incarnation, and no state.</param>
    internal sealed record AskFirstState(Assignment Of, Store.SliceRestored Empty) : ManagerEffect;

    /// <summary>Has the store of an assignment keep a state.</summary>
    internal sealed record Keep(Assignment Of, ReadOnlyMemory<byte> State) : ManagerEffect;

    /// <summary>The buffer of a state is used no more.</summary>
    internal sealed record Release(ReadOnlyMemory<byte> State) : ManagerEffect;

    /// <summary>Starts the actor of an assignment, answered by <see cref="ManagerEvent.NotStarted"/> where that fails.</summary>
    /// <param name="Of">The assignment.</param>
    /// <param name="Restored">From what it begins.</param>
    /// <param name="FromStart">Whether it begins together with its neighbours.</param>
    internal sealed record Start(Assignment Of, Store.SliceRestored Restored, bool FromStart) : ManagerEffect;

    /// <summary>Sends a message to the actor of an assignment.</summary>
    internal sealed record ToSlice(Assignment Of, object Message) : ManagerEffect;

    /// <summary>Gives the actor of an assignment its neighbours, from the newest directory.</summary>
    internal sealed record Connect(Assignment Of) : ManagerEffect;

    /// <summary>Stops the actor and the store of an assignment.</summary>
    internal sealed record Stop(Assignment Of) : ManagerEffect;

    /// <summary>A line for the log of the node.</summary>
    internal sealed record Warn(string Text) : ManagerEffect;

    /// <summary>Nothing is left to do.</summary>
    internal sealed record End : ManagerEffect;
}
