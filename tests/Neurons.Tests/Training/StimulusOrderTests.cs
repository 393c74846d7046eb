using CsCheck;
using Nudge.Testing;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Training;

public sealed class StimulusOrderTests
{
    private static readonly VectorExamples Examples = new(
        [.. Enumerable.Range(0, 14).Select(i => new float[] { i })], [0, 2, 1, 0, 2, 1, 0, 2, 1, 0, 2, 1, 0, 0], 3);

    [Fact]
    public void Every_pass_over_mixed_examples_has_each_of_them_once_in_another_order() =>
        Gen.ULong.Sample(seed =>
        {
            var order = new StimulusOrder(seed, Examples);
            int[] first = [.. Enumerable.Range(0, Examples.Count).Select(n => order[n])];
            int[] second = [.. Enumerable.Range(Examples.Count, Examples.Count).Select(n => order[n])];
            Assert.Equal(Enumerable.Range(0, Examples.Count), first.Order());
            Assert.Equal(Enumerable.Range(0, Examples.Count), second.Order());
            // Two passes are alike once in 14! cases.
            Assert.NotEqual(first, second);
        });

    [Fact]
    public void A_block_has_one_class_and_a_round_has_each_class_once() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 9], Gen.Int[0, 40]).Sample((seed, block, round) =>
        {
            var order = new StimulusOrder(seed, Examples, block);
            var seen = new List<int>();
            for (int turn = 0; turn < 3; turn++)
            {
                long first = ((round * 3L) + turn) * block;
                int[] labels = [.. Enumerable.Range(0, block).Select(n => Examples.LabelOf(order[first + n]))];
                Assert.Single(labels.Distinct());
                seen.Add(labels[0]);
            }

            Assert.Equal([0, 1, 2], seen.Order());
        });

    [Fact]
    public void The_examples_of_a_class_come_equally_often()
    {
        const int Block = 4;
        var order = new StimulusOrder(5, Examples, Block);
        // Class 1 has four examples, so that each block of it is one pass.
        int[] shown = [.. Enumerable.Range(0, 3 * Block * 10).Select(n => order[n]).Where(one => Examples.LabelOf(one) == 1)];
        Assert.Equal(40, shown.Length);
        Assert.All(shown.GroupBy(one => one), one => Assert.Equal(10, one.Count()));
    }

    [Fact]
    public void The_order_depends_on_the_number_of_a_presentation_alone() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 5], Gen.Int[0, 500].Array[20]).Sample((seed, block, numbers) =>
        {
            var inOrder = new StimulusOrder(seed, Examples, block);
            int[] all = [.. Enumerable.Range(0, 501).Select(n => inOrder[n])];
            var jumping = new StimulusOrder(seed, Examples, block);
            Assert.All(numbers, n => Assert.Equal(all[n], jumping[n]));
        });
}
