using CsCheck;

namespace Nudge.Neurons.Tests.State;

/// <summary>Laws that hold for every tree of sections; a failure prints the seed of its tree.</summary>
public sealed class StatePropertyTests
{
    [Fact]
    public void A_tree_is_restored_as_it_was() => RandomTree.Gen.Sample(
        tree =>
        {
            RandomTree restored = tree.Blank();
            Bytes.Restore(Bytes.Of(tree), restored.Describe);
            Assert.Equal(tree.ToString(), restored.ToString());
            Assert.Equal(Bytes.Of(tree), Bytes.Of(restored));
        },
        iter: 3000);

    [Fact]
    public void An_older_program_skips_what_a_newer_one_added_anywhere() => RandomTree.Gen.Sample(
        tree =>
        {
            RandomTree restored = tree.Older().Blank();
            Bytes.Restore(Bytes.Of(tree), restored.Describe);
            Assert.Equal(tree.Older().ToString(), restored.ToString());
        },
        iter: 3000);

    [Fact]
    public void A_newer_program_keeps_its_defaults_where_an_older_one_wrote_nothing() => RandomTree.Gen.Sample(
        tree =>
        {
            RandomTree restored = tree.Blank();
            Bytes.Restore(Bytes.Of(tree.Older()), restored.Describe);
            Assert.Equal(tree.WithoutAdded().ToString(), restored.ToString());
        },
        iter: 3000);
}
