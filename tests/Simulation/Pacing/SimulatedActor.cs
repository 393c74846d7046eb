namespace Nudge.Simulation.Pacing;

/// <summary>The mailbox of an actor on the loop of a process.</summary>
internal abstract class SimulatedActor
{
    // As the dispatcher of loops has it.
    private const int Throughput = 32;
    private readonly Queue<(object Message, SimulatedSlice? Sender)> _mailbox = new();
    private readonly Action _run;
    private bool _queued;
    private bool _suspended;

    protected SimulatedActor(PacingWorld world, LoopProcess process)
    {
        World = world;
        Process = process;
        _run = Run;
    }

    internal LoopProcess Process { get; }

    /// <summary>Whether it receives nothing any more.</summary>
    internal bool Ended { get; private set; }

    public bool HasMessages => _mailbox.Count > 0;

    internal PacingWorld World { get; }

    /// <summary>A message arrives.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who is credited for it, or null.</param>
    internal void Tell(object message, SimulatedSlice? sender = null)
    {
        if (Ended || !Process.Alive)
        {
            World.Checks.Dropped(this, message);
            return;
        }

        _mailbox.Enqueue((message, sender));
        Queue();
    }

    /// <summary>Sends a message to others: at once within the process, else by data connections, once to each process.</summary>
    internal void Send(object message, IEnumerable<SimulatedActor?> receivers)
    {
        List<SimulatedActor>? elsewhere = null;
        foreach (SimulatedActor? receiver in receivers)
        {
            if (receiver is null)
                continue;
            CountSent();
            if (receiver.Process == Process)
                receiver.Tell(message, this as SimulatedSlice);
            else
                (elsewhere ??= []).Add(receiver);
        }

        if (elsewhere is null)
            return;
        foreach (IGrouping<LoopProcess, SimulatedActor> there in elsewhere.GroupBy(receiver => receiver.Process))
            World.Connections.Send(Process, there.Key, new(message, this as SimulatedSlice, [.. there]));
    }

    /// <summary>Sends a message to one other.</summary>
    internal void Send(object message, SimulatedActor receiver)
    {
        CountSent();
        if (receiver.Process == Process)
            receiver.Tell(message, this as SimulatedSlice);
        else
            World.Connections.Send(Process, receiver.Process, new(message, this as SimulatedSlice, [receiver]));
    }

    internal void End()
    {
        Ended = true;
        while (_mailbox.TryDequeue(out (object Message, SimulatedSlice?) left))
            World.Checks.Dropped(this, left.Message);
    }

    /// <summary>It sends a message to one receiver.</summary>
    protected virtual void CountSent()
    {
    }

    protected abstract void Handle(object message, SimulatedSlice? sender);

    /// <summary>Takes nothing out of the mailbox for a while.</summary>
    protected void SuspendFor(TimeSpan length)
    {
        _suspended = true;
        World.Time.In(length, () =>
        {
            _suspended = false;
            if (HasMessages)
                Queue();
        });
    }

    private void Queue()
    {
        if (_queued || _suspended)
            return;
        _queued = true;
        Process.Execute(_run);
    }

    private void Run()
    {
        _queued = false;
        for (int count = 0; count < Throughput && !_suspended && _mailbox.TryDequeue(out (object Message, SimulatedSlice? Sender) next); count++)
            Handle(next.Message, next.Sender);
        if (HasMessages)
            Queue();
    }
}
