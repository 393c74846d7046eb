using Nudge.Actors;
using Nudge.Simulation.World;

namespace Nudge.Simulation.Pacing;

/// <summary>A message on a data connection: one frame, whatever the number of its receivers.</summary>
/// <param name="Content">The message.</param>
/// <param name="Sender">The slice that sent it, or null for the coordinator.</param>
/// <param name="Receivers">Who receives it.</param>
internal sealed record DataMessage(object Content, SimulatedSlice? Sender, SimulatedActor[] Receivers)
{
    /// <summary>One of the receivers that are there credits for all, as in <c>DataPath.Deliver</c>.</summary>
    internal void Deliver(PacingWorld world)
    {
        SimulatedSlice? sender = Content is ActivityMessage ? Sender : null;
        foreach (SimulatedActor receiver in Receivers)
        {
            if (receiver.Ended)
            {
                world.Checks.Dropped(receiver, Content);
                continue;
            }

            receiver.Tell(Content, sender);
            sender = null;
        }
    }

    internal void Drop(PacingWorld world)
    {
        foreach (SimulatedActor receiver in Receivers)
            world.Checks.Dropped(receiver, Content);
    }
}

/// <summary>
/// The data connections between processes: each keeps the order of its messages, which take as long as it is slow. One that is reset
/// loses what is under way; what is sent while there is none waits for the next.
/// </summary>
internal sealed class DataConnections(PacingWorld world)
{
    private readonly Dictionary<(int From, int To), Way> _ways = [];
    private readonly Draws _draws = new(world.Scenario.Seed, "connections");

    /// <summary>Whether nothing is under way.</summary>
    internal bool IsIdle => _ways.Values.All(way => way.UnderWay.Count == 0 && way.Waiting.Count == 0);

    internal void Send(LoopProcess from, LoopProcess to, DataMessage message)
    {
        Way way = Between(from, to);
        if (way.DownUntil > world.Time.Now)
            way.Waiting.Enqueue(message);
        else
            Begin(way, to, message, from.Departure);
    }

    /// <summary>Nothing arrives on a way for a while; it is as slow as that.</summary>
    internal void Hold(LoopProcess from, LoopProcess to, TimeSpan length) =>
        Between(from, to).HeldUntil = world.Time.Now + length;

    /// <summary>Resets a connection.</summary>
    /// <param name="one">One of its ends.</param>
    /// <param name="other">The other one.</param>
    /// <param name="length">After how long there is another connection.</param>
    /// <param name="loses">Whether the way from the first end to the other, and the way back, lose what is under way.</param>
    internal void Reset(LoopProcess one, LoopProcess other, TimeSpan length, (bool There, bool Back) loses)
    {
        Reset(one, other, length, loses.There);
        Reset(other, one, length, loses.Back);
    }

    private void Reset(LoopProcess from, LoopProcess to, TimeSpan length, bool loses)
    {
        Way way = Between(from, to);
        way.Epoch++;
        way.HeldUntil = TimeSpan.Zero;
        way.LastArrival = world.Time.Now;
        while (way.UnderWay.TryDequeue(out DataMessage? message))
        {
            if (loses)
                message.Drop(world);
            else
                to.Arrive(message);
        }

        way.DownUntil = world.Time.Now + length;
        world.Time.In(length, () => Connect(way, from, to));
    }

    private void Connect(Way way, LoopProcess from, LoopProcess to)
    {
        if (way.DownUntil > world.Time.Now)
            return;
        while (way.Waiting.TryDequeue(out DataMessage? message))
        {
            // What was meant for a process that is gone is dropped.
            if (from.Alive && to.Alive)
                Begin(way, to, message, world.Time.Now);
            else
                message.Drop(world);
        }
    }

    private void Begin(Way way, LoopProcess to, DataMessage message, TimeSpan departure)
    {
        TimeSpan arrival = departure + (way.Latency * _draws.Uniform(0.5, 1.5));
        arrival = Later(Later(arrival, way.LastArrival), way.HeldUntil);
        way.LastArrival = arrival;
        way.UnderWay.Enqueue(message);
        int epoch = way.Epoch;
        world.Time.In(arrival - world.Time.Now, () =>
        {
            if (way.Epoch == epoch)
                to.Arrive(way.UnderWay.Dequeue());
        });
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private Way Between(LoopProcess from, LoopProcess to)
    {
        (int, int) key = (from.Number, to.Number);
        if (!_ways.TryGetValue(key, out Way? way))
            _ways[key] = way = new() { Latency = TimeSpan.FromMilliseconds(_draws.Chance(0.3) ? _draws.Uniform(5, 40) : _draws.Uniform(0.1, 2)) };
        return way;
    }

    /// <summary>One direction of one connection.</summary>
    private sealed class Way
    {
        internal TimeSpan Latency { get; init; }

        internal Queue<DataMessage> UnderWay { get; } = new();

        internal Queue<DataMessage> Waiting { get; } = new();

        internal TimeSpan LastArrival { get; set; }

        internal TimeSpan HeldUntil { get; set; }

        internal TimeSpan DownUntil { get; set; }

        internal int Epoch { get; set; }
    }
}
