using Nudge.Supervision;

namespace Nudge.Cluster.Tests.Hosting;

public sealed class SaveTurnsTests
{
    private readonly SaveTurns _turns = new(room: 100);

    [Fact]
    public void Large_slices_are_copied_one_after_the_other()
    {
        _turns.Ask(1, 80);
        _turns.Ask(2, 80);

        Assert.Equal([1], Taken());
        _turns.GiveBack(1);
        Assert.Equal([2], Taken());
    }

    [Fact]
    public void Small_slices_are_copied_side_by_side_as_far_as_there_is_room()
    {
        foreach (int slice in new[] { 1, 2, 3 })
            _turns.Ask(slice, 50);

        Assert.Equal([1, 2], Taken());
    }

    [Fact]
    public void A_slice_that_is_larger_than_the_room_is_copied_alone()
    {
        _turns.Ask(1, 10);
        _turns.Ask(2, 1_000);

        Assert.Equal([1], Taken());
        _turns.GiveBack(1);
        Assert.Equal([2], Taken());
    }

    [Fact]
    public void A_slice_that_asks_while_it_has_a_turn_gets_one_more_after_it()
    {
        _turns.Ask(1, 10);
        Assert.Equal([1], Taken());
        _turns.Ask(1, 10);
        _turns.Ask(1, 10);

        Assert.Empty(Taken());
        _turns.GiveBack(1);
        Assert.Equal([1], Taken());
        _turns.GiveBack(1);
        Assert.False(_turns.Knows(1));
    }

    private List<int> Taken()
    {
        var taken = new List<int>();
        while (_turns.TryTake(out int slice))
            taken.Add(slice);
        return taken;
    }
}
