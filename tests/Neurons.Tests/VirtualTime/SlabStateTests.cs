using Nudge.Neurons.Tests.State;
using Nudge.State;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

public sealed class SlabStateTests
{
    [Fact]
    public void A_restored_slab_gives_the_same_places_as_the_saved_one()
    {
        Slab<long> saved = Filled();
        var restored = new Slab<long>();
        restored.Add(77);
        Bytes.Restore(Bytes.Of(state => saved.Describe(state, Item)), state => restored.Describe(state, Item));
        Assert.Equal(saved.Values(), restored.Values());
        for (int i = 0; i < 5; i++)
            Assert.Equal(saved.Add(i), restored.Add(i));
        Assert.Equal(saved.Take(150), restored.Take(150));
    }

    [Theory]
    [InlineData(0, -1)] // A place that leads to itself or to another that is not free.
    [InlineData(1, 1000)] // A place outside.
    [InlineData(2, -7)]
    public void A_damaged_list_of_free_places_is_refused(int at, int next)
    {
        byte[] bytes = Bytes.Of(state =>
        {
            state.Item(1, 0);
            state.List(2, "places", 3, place => state.Item(1, place == at ? next : (place + 1) % 3));
        });
        Assert.Contains("free", Bytes.Refusal(bytes, state => new Slab<long>().Describe(state, Item)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_wheel_gives_the_same_events()
    {
        var saved = new TimingWheel();
        for (int i = 0; i < 300; i++)
            saved.Schedule(new(i * 37 % 1000, (ulong)(i % 3), i, i));
        for (int i = 0; i < 50; i++)
            saved.TryTakeNext(out _);
        var restored = new TimingWheel();
        restored.Schedule(new(3, 1, 1, 1));
        Bytes.Restore(
            Bytes.Of(new WheelState(saved)), new WheelState(restored).Describe);
        Assert.Equal((saved.Now, saved.Count), (restored.Now, restored.Count));
        while (saved.TryTakeNext(out ScheduledEvent expected))
        {
            Assert.True(restored.TryTakeNext(out ScheduledEvent actual));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void An_event_in_the_past_is_refused()
    {
        byte[] bytes = Bytes.Of(state =>
        {
            state.Item(1, 10L);
            state.List(2, "events", 1, _ =>
            {
                state.Item(1, 9L);
                state.Item(2, 0UL);
                state.Item(3, 0L);
                state.Item(4, 0);
            });
        });
        Assert.Equal(
            "state: holds an event at 9, which is before 10",
            Bytes.Refusal(bytes, new WheelState(new()).Describe));
    }

    private static void Item(StateSection state, ref long value) => state.Item(1, ref value);

    private static Slab<long> Filled()
    {
        var slab = new Slab<long>();
        for (int i = 0; i < 200; i++)
            slab.Add(i * 10);
        foreach (int place in new[] { 5, 199, 64, 0 })
            slab.Take(place);
        return slab;
    }
}
