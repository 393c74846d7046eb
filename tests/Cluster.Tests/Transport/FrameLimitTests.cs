using CsCheck;
using Nudge.Transport;

namespace Nudge.Cluster.Tests.Transport;

public sealed class FrameLimitTests
{
    [Fact]
    public void Whenever_frames_come_no_second_has_more_of_them_than_allowed_and_none_waits_longer_than_a_window() =>
        Gen.Select(Gen.Int[1000, 100_000], Gen.Select(Gen.Int[0, 15_000], Gen.Int[0, 400]).Array[1, 60]).Sample((perSecond, turns) =>
        {
            var clock = new Clock();
            var limit = new FrameLimit(perSecond, clock, () => { });
            var read = new List<long>();
            int waiting = 0;
            foreach ((int microseconds, int frames) in turns)
            {
                clock.Microseconds += microseconds;
                waiting += frames;
                waiting -= Turn(limit, clock, waiting, read);
                // Exactly then, and not before.
                Assert.Equal(limit.HeldFor > TimeSpan.Zero, !limit.Begin());
            }

            for (int windows = 0; waiting > 0; windows++)
            {
                clock.Microseconds += (long)Math.Max(1, limit.HeldFor.TotalMicroseconds);
                waiting -= Turn(limit, clock, waiting, read);
                Assert.InRange(windows, 0, 100_000);
            }

            // Two windows may touch a span of time of one: a second has a hundred, and one more in part.
            for (int first = 0; first < read.Count; first++)
                Assert.InRange(read.Skip(first).TakeWhile(at => at < read[first] + 1_000_000).Count(), 1, (long)(1.02 * perSecond));
        }, iter: 40);

    [Fact]
    public void A_turn_ends_after_so_many_frames_or_bytes_and_has_one_frame_of_any_length()
    {
        var limit = new FrameLimit(int.MaxValue, new Clock(), () => Assert.Fail("held"));
        Assert.True(limit.Begin());
        for (int frame = 1; frame < FrameLimit.MostInTurn; frame++)
            Assert.True(limit.Take(1));
        Assert.False(limit.Take(1));
        Assert.True(limit.Begin());
        Assert.False(limit.Take(FrameLimit.MostBytesInTurn));
        Assert.Equal(TimeSpan.Zero, limit.HeldFor);
    }

    [Fact]
    public void Each_time_that_a_share_is_used_up_is_told()
    {
        int told = 0;
        var clock = new Clock();
        var limit = new FrameLimit(1000, clock, () => told++);
        Assert.Equal(TimeSpan.Zero, limit.HeldFor);
        for (int window = 1; window <= 3; window++)
        {
            Assert.Equal(10, Turn(limit, clock, 100, []));
            Assert.Equal((window, TimeSpan.FromMilliseconds(10)), (told, limit.HeldFor));
            Assert.Equal(0, Turn(limit, clock, 100, []));
            clock.Microseconds += 10_000;
        }
    }

    private static int Turn(FrameLimit limit, Clock clock, int waiting, List<long> read)
    {
        bool mayRead = waiting > 0 && limit.Begin();
        int count = 0;
        for (; mayRead && count < waiting; count++)
        {
            read.Add(clock.Microseconds);
            mayRead = limit.Take(100);
        }

        return count;
    }

    private sealed class Clock : TimeProvider
    {
        internal long Microseconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => Microseconds;
    }
}
