namespace Nudge.Simulation.World;

/// <summary>
/// Connections between processes, by address: messages of one pair stay in order unless their connection is reset, and are lost while it
/// is cut for long. One to a process that stands still waits; one to an address where another process has started reaches that one.
/// </summary>
internal sealed class SimulatedNetwork(Timeline time, Draws draws, Func<string, Process?> at)
{
    private readonly Dictionary<(string From, string To), TimeSpan> _lastArrival = [];
    private readonly Dictionary<(string From, string To), int> _cuts = [];

    /// <summary>The share of messages that are lost.</summary>
    internal double Loss { get; set; }

    /// <summary>The share of messages that arrive twice.</summary>
    internal double Duplicates { get; set; }

    /// <summary>Whether messages of a pair may overtake each other, as over connections that are reset.</summary>
    internal bool Reorders { get; set; }

    /// <summary>The longest that a message takes.</summary>
    internal TimeSpan Slow { get; set; } = TimeSpan.FromMilliseconds(2);

    internal bool IsCut(string from, string to) => _cuts.GetValueOrDefault((from, to)) > 0;

    internal void Cut(string from, string to) => _cuts[(from, to)] = _cuts.GetValueOrDefault((from, to)) + 1;

    internal void Heal(string from, string to) => _cuts[(from, to)]--;

    internal void Send(string from, string to, Action<Process> deliver)
    {
        if (IsCut(from, to) || draws.Chance(Loss))
            return;
        for (int copies = draws.Chance(Duplicates) ? 2 : 1; copies > 0; copies--)
        {
            TimeSpan arrival = time.Now + TimeSpan.FromMilliseconds(0.1) + (Slow * draws.Uniform(0, 1));
            if (!Reorders && _lastArrival.TryGetValue((from, to), out TimeSpan last) && last > arrival)
                arrival = last;
            _lastArrival[(from, to)] = arrival;
            time.In(arrival - time.Now, () =>
            {
                if (!IsCut(from, to))
                    at(to)?.Do(() => deliver(at(to)!));
            });
        }
    }
}

/// <summary>One process: may be killed, and may stand still for a while, after which it does what has come meanwhile.</summary>
internal abstract class Process(World world, string address)
{
    private readonly Queue<Action> _waiting = [];

    internal string Address { get; } = address;

    internal bool Alive { get; private set; } = true;

    internal bool Stopped { get; private set; }

    protected World World { get; } = world;

    /// <summary>Does something now, or once the process goes on.</summary>
    internal void Do(Action what)
    {
        if (!Alive)
            return;
        if (Stopped)
            _waiting.Enqueue(what);
        else
            what();
    }

    internal void In(TimeSpan after, Action what) => World.Time.In(after, () => Do(what));

    internal void Stop() => Stopped = true;

    internal void GoOn()
    {
        Stopped = false;
        while (Alive && !Stopped && _waiting.TryDequeue(out Action? what))
            what();
    }

    internal virtual void Kill()
    {
        Alive = false;
        World.Trace($"{Address} ends");
    }

    /// <summary>The process has learned that it is a member of its cluster no longer.</summary>
    internal abstract void LearnRemoved();
}
