using CsCheck;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class ExampleDivisionTests
{
    private static readonly Gen<(int[] Labels, double Share, ulong Seed)> Cases =
        Gen.Select(Gen.Int[0, 4].Array[1, 120], Gen.Double[0.001, 0.999], Gen.ULong);

    [Fact]
    public void Both_parts_together_are_all_examples_and_share_none() => Cases.Sample(one =>
    {
        (int[] train, int[] test) = Of(one);

        Assert.Equal(Enumerable.Range(0, one.Labels.Length), train.Concat(test).Order());
    });

    [Fact]
    public void Each_class_gives_its_share_and_keeps_an_example_to_learn_from() => Cases.Sample(one =>
    {
        (int[] train, int[] test) = Of(one);

        foreach (IGrouping<int, int> members in one.Labels.GroupBy(label => label))
        {
            int held = test.Count(i => one.Labels[i] == members.Key);
            Assert.Contains(train, i => one.Labels[i] == members.Key);
            Assert.True(members.Count() == 1 ? held == 0 : held >= 1);
            if (members.Count() > 1 && held > 1 && held < members.Count() - 1)
                Assert.InRange(held, (members.Count() * one.Share) - 0.5001, (members.Count() * one.Share) + 0.5001);
        }
    });

    [Fact]
    public void A_seed_gives_one_division_whatever_was_drawn_before() => Gen.Select(Cases, Gen.ULong).Sample((one, other) =>
    {
        (int[] Train, int[] Test) first = Of(one);
        Of((one.Labels, one.Share, other));
        (int[] Train, int[] Test) second = Of(one);

        Assert.Equal(first.Train, second.Train);
        Assert.Equal(first.Test, second.Test);
    });

    [Fact]
    public void What_one_class_holds_out_does_not_depend_on_the_others() => Cases.Sample(one =>
    {
        int[] changed = [.. one.Labels.Select(label => label == 0 ? 0 : 1 + (label % 2))];

        Assert.Equal(
            Of(one).Test.Where(i => one.Labels[i] == 0).Order(),
            Of((changed, one.Share, one.Seed)).Test.Where(i => changed[i] == 0).Order());
    });

    [Fact]
    public void Seeds_give_different_divisions()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2)];

        Assert.Equal(50, Enumerable.Range(0, 50).Select(seed => string.Join(' ', Of((labels, 0.2, (ulong)seed)).Test.Order())).Distinct().Count());
    }

    private static (int[] Train, int[] Test) Of((int[] Labels, double Share, ulong Seed) one) =>
        ExampleDivision.Of(one.Labels, 5, one.Share, one.Seed);
}
