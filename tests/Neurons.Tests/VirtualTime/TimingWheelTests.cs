using CsCheck;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

public sealed class TimingWheelTests
{
    private static readonly Gen<long> Delay = Gen.OneOf(
        Gen.Long[0, 3], Gen.Long[0, 300], Gen.Long[0, 70_000], Gen.Long[0, 1L << 40], Gen.Const(256L), Gen.Const(65_536L));

    private static readonly Gen<(bool Take, long Delay, ulong Order, long Number)> Action =
        Gen.Select(Gen.Bool, Delay, Gen.ULong[0, 3], Gen.Long[0, 5]);

    [Fact]
    public void Any_interleaving_of_schedules_and_takes_gives_the_order_of_a_sorted_list()
    {
        Action.Array[0, 400].Sample(actions =>
        {
            var wheel = new TimingWheel();
            var reference = new List<ScheduledEvent>();
            int payload = 0;
            foreach ((bool take, long delay, ulong order, long number) in actions)
            {
                if (!take)
                {
                    // The number makes every event unequal to all others, as the engine's tickets do.
                    var waiting = new ScheduledEvent(wheel.Now + delay, order, (number * 1000) + payload, payload++);
                    wheel.Schedule(waiting);
                    reference.Add(waiting);
                    continue;
                }

                reference.Sort();
                bool taken = wheel.TryTakeNext(out ScheduledEvent next);
                if (taken != reference.Count > 0 || (taken && next != reference[0]))
                    return false;
                if (taken)
                    reference.RemoveAt(0);
            }

            var left = new List<ScheduledEvent>();
            wheel.CopyTo(left);
            left.Sort();
            reference.Sort();
            return wheel.Count == reference.Count && left.SequenceEqual(reference);
        });
    }

    [Fact]
    public void Any_crowd_of_events_that_comes_and_goes_keeps_the_order_of_a_sorted_list()
    {
        // Few distinct times, so that slots hold more than a block and ticks more than are sorted by insertion.
        Gen<long> time = Gen.OneOf(Gen.Long[0, 5], Gen.Const(256L), Gen.Const(65_536L), Gen.Long[0, 1000], Gen.Long[0, 1L << 40]);
        Gen.Select(time.Array[0, 300], Gen.Int[0, 300]).Array[1, 5].Sample(turns =>
        {
            var wheel = new TimingWheel();
            var reference = new PriorityQueue<ScheduledEvent, ScheduledEvent>();
            int payload = 0;
            foreach ((long[] delays, int takes) in turns)
            {
                foreach (long delay in delays)
                {
                    var waiting = new ScheduledEvent(wheel.Now + delay, (ulong)(payload % 3), payload * 7919L % 1000, payload++);
                    wheel.Schedule(waiting);
                    reference.Enqueue(waiting, waiting);
                }

                for (int i = 0; i < takes && reference.TryDequeue(out ScheduledEvent expected, out _); i++)
                {
                    if (!wheel.TryTakeNext(out ScheduledEvent next) || next != expected)
                        return false;
                }
            }

            return wheel.Count == reference.Count;
        });
    }

    [Fact]
    public void The_past_is_refused()
    {
        var wheel = new TimingWheel();
        wheel.Schedule(new(10, 0, 0, 0));
        wheel.TryTakeNext(out _);
        Assert.Throws<ArgumentOutOfRangeException>(() => wheel.Schedule(new(9, 0, 0, 0)));
    }

    [Fact]
    public void A_steady_flow_of_events_allocates_nothing()
    {
        var wheel = new TimingWheel();
        for (int i = 0; i < 1000; i++)
            wheel.Schedule(new(i * 37 % 5000, 0, i, i));
        // Slots grow to what they have once had to hold, and then no more.
        Flow(wheel, 400_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Flow(wheel, 20_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Flow(TimingWheel wheel, int events)
    {
        for (int i = 0; i < events; i++)
        {
            wheel.TryTakeNext(out ScheduledEvent next);
            wheel.Schedule(next with { Time = wheel.Now + 1 + (next.Number * 131 % 4999) });
        }
    }
}
