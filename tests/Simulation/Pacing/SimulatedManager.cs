using Nudge.Actors;

namespace Nudge.Simulation.Pacing;

/// <summary>
/// What a manager of slices tells the slices of one process. Orders and directories come in order and late, and some do not come; each
/// says all, and the next one mends what is missing.
/// </summary>
internal sealed class SimulatedManager(PacingWorld world, LoopProcess process)
{
    private long _orders;
    private long _version;
    private HashSet<int> _unreachable = [];
    private SimulatedSlice?[]? _directory;
    private long _round;
    private bool _frozen;
    private TimeSpan _lastArrival;

    private bool IsLocal => world.Supervision.IsLocal;

    /// <summary>Sends it orders or a directory.</summary>
    internal void Send(Action<SimulatedManager> tell)
    {
        if (IsLocal)
        {
            tell(this);
            return;
        }

        if (world.Draws.Chance(0.1))
            return;
        TimeSpan arrival = world.Time.Now + (world.Draws.Chance(0.8) ? world.Draws.Seconds(0.0005, 0.01) : world.Draws.Seconds(0.001, 0.5));
        _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
        world.Time.In(_lastArrival - world.Time.Now, () => Arrive(tell));
    }

    /// <summary>A slice starts: it is told to stand still before it has neighbours.</summary>
    internal void Start(SimulatedSlice slice)
    {
        Freeze(slice);
        if (_unreachable.Count > 0)
            slice.Tell(new UnreachableSlices([.. _unreachable]));
        Connect(slice);
    }

    /// <summary>A slice that was restarted has forgotten what it was told. In one process nobody tells it to stand still again.</summary>
    internal void Restore(SimulatedSlice slice)
    {
        if (_round > 0 && !IsLocal)
            slice.Tell(new Freeze(_frozen) { Round = _round });
        Connect(slice);
    }

    internal void Follow(long number, int[] unreachable, long round, bool frozen)
    {
        if (number <= _orders)
            return;
        _orders = number;
        (_round, _frozen) = (round, frozen);
        _unreachable = [.. unreachable];
        foreach (SimulatedSlice slice in process.Slices)
        {
            if (unreachable.Length > 0)
                slice.Tell(new UnreachableSlices(unreachable));
            Freeze(slice);
        }
    }

    internal void Take(long version, SimulatedSlice?[] directory)
    {
        if (version <= _version)
            return;
        _version = version;
        _directory = directory;
        foreach (SimulatedSlice slice in process.Slices)
            Connect(slice);
    }

    private void Freeze(SimulatedSlice slice)
    {
        if (slice.FreezeRound < _round)
            slice.Tell(new Freeze(_frozen) { Round = _round });
    }

    private void Connect(SimulatedSlice slice)
    {
        if (_directory is { } directory)
            slice.Tell(new SimulatedNeighbours(world, slice, directory));
    }

    private void Arrive(Action<SimulatedManager> tell)
    {
        if (!process.Alive)
            return;
        if (process.IsStalled)
            world.Time.In(TimeSpan.FromSeconds(0.01), () => Arrive(tell));
        else
            tell(this);
    }
}
