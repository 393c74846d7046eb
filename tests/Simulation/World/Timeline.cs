namespace Nudge.Simulation.World;

/// <summary>Simulated time: what is to happen, in order. Of two events of one moment the one that was added first comes first.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Ticks, long Number)> _queue = new();
    private long _number;

    internal TimeSpan Now { get; private set; }

    internal long Events { get; private set; }

    internal void In(TimeSpan after, Action what) =>
        _queue.Enqueue(what, ((Now + (after < TimeSpan.Zero ? TimeSpan.Zero : after)).Ticks, ++_number));

    /// <summary>Lets time pass until a moment.</summary>
    internal void RunUntil(TimeSpan end)
    {
        while (_queue.TryPeek(out Action? what, out (long Ticks, long Number) at) && at.Ticks <= end.Ticks)
        {
            _queue.Dequeue();
            Now = TimeSpan.FromTicks(at.Ticks);
            Events++;
            what();
        }

        Now = end;
    }
}

/// <summary>Draws for one purpose, by seed: the same seed gives the same run.</summary>
internal sealed class Draws(int seed, string purpose)
{
#pragma warning disable CA5394 // Simulated faults need no secrecy.
    private readonly Random _random = new(HashCode(seed, purpose));

    internal bool Chance(double share) => _random.NextDouble() < share;

    internal int Below(int count) => _random.Next(count);

    internal double Uniform(double from, double to) => from + ((to - from) * _random.NextDouble());

    internal TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(Uniform(from, to));

    internal T Of<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
#pragma warning restore CA5394

    // string.GetHashCode differs from process to process.
    private static int HashCode(int seed, string purpose)
    {
        unchecked
        {
            int hash = (seed * 486_187_739) + 17;
            foreach (char one in purpose)
                hash = (hash * 31) + one;
            return hash & int.MaxValue;
        }
    }
}
