using System.Diagnostics;
using Nudge.Clocks;
using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.VirtualTime;

namespace Nudge.Bench.Comparisons;

/// <summary>The timing wheel against the runtime's priority queue: take the first event, schedule one later.</summary>
internal static class WheelComparison
{
    private const int Delays = 1 << 16;

    public static void Run(TextWriter output)
    {
        output.WriteLine("Hold model, exponential delays of 0.5 τ; ns for one take and one schedule.");
        output.WriteLine($"{"pending",10} {"wheel",10} {"queue",10} {"ratio",8}");
        foreach (int pending in new[] { 5, 100, 10_000, 100_000 })
        {
            Action[] contestants = [Wheel(pending), Queue(pending)];
            // Long enough for the just-in-time compiler to have done its best for both.
            foreach (Action contestant in contestants)
                WarmUp(contestant);
            double[] medians = SideBySide.Medians(contestants);
            output.WriteLine(
                $"{pending,10:N0} {medians[0],10:F1} {medians[1],10:F1} {medians[1] / medians[0],8:F1}");
        }
    }

    private static void WarmUp(Action contestant)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(0.7))
            contestant();
    }

    private static Action Wheel(int pending)
    {
        long[] delays = DrawDelays();
        var wheel = new TimingWheel();
        for (int i = 0; i < pending; i++)
            wheel.Schedule(new(delays[i % Delays], 0, i, i));
        int next = 0;
        return () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                wheel.TryTakeNext(out ScheduledEvent first);
                wheel.Schedule(first with { Time = wheel.Now + delays[next++ & (Delays - 1)] });
            }
        };
    }

    private static Action Queue(int pending)
    {
        long[] delays = DrawDelays();
        var queue = new PriorityQueue<int, (long Time, ulong Order, long Number)>();
        for (int i = 0; i < pending; i++)
            queue.Enqueue(i, (delays[i % Delays], 0, i));
        int next = 0;
        return () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                queue.TryDequeue(out int payload, out (long Time, ulong Order, long Number) first);
                queue.Enqueue(payload, first with { Time = first.Time + delays[next++ & (Delays - 1)] });
            }
        };
    }

    private static long[] DrawDelays()
    {
        var key = new RandomKey(1, RandomPurpose.LinkFate, 0);
        return
        [
            .. Enumerable.Range(0, Delays).Select(i =>
                Math.Max(1, Ticks.FromTau(-0.5 * Elementary.Log(key.Draw((ulong)i).First)))),
        ];
    }
}
