namespace Nudge.Simulation.Pacing;

/// <summary>
/// A process with one loop, as <c>Nudge.Actors.Loops.Loop</c> is one: in a round it runs what was there when the round began,
/// and what it sends to other processes leaves at the end of the round.
/// </summary>
internal sealed class LoopProcess(PacingWorld world, int number)
{
    private readonly Queue<Action> _work = new();
    private readonly Queue<DataMessage> _arrived = new();
    private TimeSpan _busyUntil;
    private TimeSpan _stalledUntil;
    private int _missedKeepAlives;
    private bool _scheduled;

    internal int Number => number;

    internal bool Alive { get; private set; } = true;

    /// <summary>When what is sent in this round leaves.</summary>
    internal TimeSpan Departure => _busyUntil > world.Time.Now ? _busyUntil : world.Time.Now;

    /// <summary>The slices that it hosts.</summary>
    internal List<SimulatedSlice> Slices { get; } = [];

    internal bool IsStalled => world.Time.Now < _stalledUntil;

    internal void Begin()
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(world.Network.Settings.KeepAliveMilliseconds);
        world.Time.In(pause * world.Draws.Uniform(0, 1), () => KeepAlives(pause));
    }

    /// <summary>Gives work to the loop.</summary>
    internal void Execute(Action work)
    {
        if (!Alive)
            return;
        _work.Enqueue(work);
        Wake();
    }

    /// <summary>A data connection has something for it.</summary>
    internal void Arrive(DataMessage message)
    {
        if (!Alive)
        {
            message.Drop(world);
            return;
        }

        _arrived.Enqueue(message);
        Wake();
    }

    /// <summary>Does nothing for a while.</summary>
    internal void Stall(TimeSpan length) => _stalledUntil = Later(_stalledUntil, world.Time.Now + length);

    /// <summary>Ends without a message.</summary>
    internal void End()
    {
        Alive = false;
        _work.Clear();
        while (_arrived.TryDequeue(out DataMessage? message))
            message.Drop(world);
    }

    /// <summary>Whether nothing is left to do.</summary>
    internal bool IsIdle => _work.Count == 0 && _arrived.Count == 0;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Wake()
    {
        if (_scheduled)
            return;
        _scheduled = true;
        world.Time.In(Later(_busyUntil, _stalledUntil) - world.Time.Now, Round);
    }

    private void Round()
    {
        _scheduled = false;
        if (!Alive)
            return;
        if (IsStalled)
        {
            Wake();
            return;
        }

        _busyUntil = world.Time.Now + world.MessageTime;
        while (_arrived.TryDequeue(out DataMessage? message))
            message.Deliver(world);
        for (int most = _work.Count; most > 0; most--)
        {
            _work.Dequeue()();
            _busyUntil += world.MessageTime;
        }

        if (!IsIdle)
            Wake();
    }

    // Timers of a process that stood still come late: one, or all of them at once.
    private void KeepAlives(TimeSpan pause)
    {
        if (!Alive || world.Over)
            return;
        world.Time.In(pause, () => KeepAlives(pause));
        if (IsStalled)
        {
            _missedKeepAlives++;
            return;
        }

        for (int count = 1 + (world.Draws.Chance(0.5) ? _missedKeepAlives : 0); count > 0; count--)
            world.KeepAlive(this);
        _missedKeepAlives = 0;
    }
}
