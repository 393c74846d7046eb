using CsCheck;
using Nudge.Hosting;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>Which part of a cluster that fell apart goes on.</summary>
public sealed class MajorityVoteTests
{
    private static readonly Gen<Standing> Standings = Gen.Int[0, 3].Select(step => (Standing)step);

    // A member, the part that it is in, and how far each part has seen it come or go: they differ by one step at most.
    private static readonly Gen<(Voter First, Voter Second)> Members =
        from address in Gen.Int[0, 999]
        from isWorker in Gen.Bool
        from isInFirst in Gen.Bool
        from seen in Standings
        from step in Gen.Int[-1, 1]
        let other = (Standing)Math.Clamp((int)seen + step, 0, 3)
        select (
            new Voter($"{address:000}", isWorker, isInFirst, seen),
            new Voter($"{address:000}", isWorker, !isInFirst, other));

    [Theory]
    [InlineData("ww", "ccc", "ww", "three coordinators that are killed together")]
    [InlineData("w", "cccc", "w", "coordinators do not go on without a worker")]
    [InlineData("wc", "w", "wc", "one of two workers fails")]
    [InlineData("cw", "w", "cw", "one of two workers fails, the one with the lowest address or not")]
    [InlineData("wccc", "ww", "ww", "the part with more workers, where the votes are equal")]
    [InlineData("www", "ww", "www", "the majority of workers")]
    [InlineData("ww", "ww", "first", "the lowest address, where all is equal")]
    [InlineData("wwc", "wwcc", "wwcc", "more of the coordinators, where workers are equal")]
    public void The_part_with_the_majority_goes_on(string first, string second, string expected, string because)
    {
        Voter[] seenByFirst = [.. Up(first, isReachable: true, from: 0), .. Up(second, isReachable: false, from: 100)];
        Voter[] seenBySecond = [.. seenByFirst.Select(voter => voter with { IsReachable = !voter.IsReachable })];
        bool isFirst = expected == "first" || expected == first;
        Assert.True(isFirst == MajorityVote.GoesOn(seenByFirst), because);
        Assert.True(isFirst != MajorityVote.GoesOn(seenBySecond), because);
    }

    [Fact]
    public void Of_two_parts_that_know_the_same_members_exactly_one_goes_on() =>
        Members.Array[1, 12].Select(members => members.DistinctBy(member => member.First.Address).ToArray()).Sample(members =>
        {
            Voter[] first = [.. members.Select(member => member.First with { Standing = Standing.Up })];
            Voter[] second = [.. first.Select(voter => voter with { IsReachable = !voter.IsReachable })];
            return MajorityVote.GoesOn(first) != MajorityVote.GoesOn(second);
        });

    [Fact]
    public void Of_two_parts_that_saw_members_come_and_go_at_different_times_both_never_go_on() =>
        Members.Array[1, 12].Select(members => members.DistinctBy(member => member.First.Address).ToArray()).Sample(members =>
            !(MajorityVote.GoesOn([.. members.Select(member => member.First)])
                && MajorityVote.GoesOn([.. members.Select(member => member.Second)])));

    private static IEnumerable<Voter> Up(string kinds, bool isReachable, int from) =>
        kinds.Select((kind, index) => new Voter($"{from + index:000}", kind == 'w', isReachable, Standing.Up));
}
