using Nudge.Actors;

namespace Nudge.Neurons.Tests.Actors;

public sealed class RotationTests
{
    [Fact]
    public void Where_there_is_room_for_all_each_turn_takes_all()
    {
        var rotation = new Rotation<int>(() => [1, 2, 3], _ => 1, room: 3);
        Assert.Equal([1, 2, 3], rotation.Next());
        Assert.Equal([1, 2, 3], rotation.Next());
    }

    [Fact]
    public void Where_there_is_not_each_gets_its_turn_once_a_round()
    {
        var rotation = new Rotation<int>(() => [1, 2, 3, 4, 5], _ => 1, room: 2);
        Assert.Equal([[1, 2], [3, 4], [5], [1, 2]], Enumerable.Range(0, 4).Select(_ => rotation.Next()));
    }

    [Fact]
    public void One_for_which_there_is_never_room_is_taken_alone()
    {
        var rotation = new Rotation<int>(() => [4, 9, 5], value => value, room: 5);
        Assert.Equal([[4], [9], [5]], Enumerable.Range(0, 3).Select(_ => rotation.Next()));
    }

    [Fact]
    public void One_that_came_meanwhile_gets_its_turn_in_the_next_round()
    {
        List<int> all = [];
        var rotation = new Rotation<int>(() => all, _ => 1, room: 1);
        Assert.Empty(rotation.Next());
        all.AddRange([1, 2]);
        Assert.Equal([1], rotation.Next());
        all.Add(3);
        Assert.Equal([[2], [1], [2], [3]], Enumerable.Range(0, 4).Select(_ => rotation.Next()));
    }
}
