using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Randomness;

/// <summary>The known answers that Random123 publishes for philox4x32-10.</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_counters_and_keys_give_the_known_words(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint a, uint b, uint c, uint d)
    {
        Assert.Equal(new RandomBlock(a, b, c, d), Philox4x32.Encrypt(new(c0, c1, c2, c3), k0, k1));
    }

    [Fact]
    public void Streams_of_other_purposes_ids_and_seeds_differ()
    {
        RandomBlock[] draws =
        [
            new RandomKey(1, RandomPurpose.LinkFate, 5).Draw(9),
            new RandomKey(1, RandomPurpose.ClockJitter, 5).Draw(9),
            new RandomKey(1, RandomPurpose.LinkFate, 6).Draw(9),
            new RandomKey(2, RandomPurpose.LinkFate, 5).Draw(9),
            new RandomKey(1, RandomPurpose.LinkFate, 5).Draw(10),
        ];
        Assert.Equal(draws.Length, draws.Distinct().Count());
    }

    [Fact]
    public void An_id_that_would_run_into_the_purpose_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomKey(1, RandomPurpose.LinkFate, 1UL << 52));

    [Fact]
    public void A_shuffle_gives_every_order_of_four_about_equally_often()
    {
        var counts = new Dictionary<string, int>();
        for (ulong id = 0; id < 24_000; id++)
        {
            int[] order = [0, 1, 2, 3];
            Permutation.Shuffle(order, new(11, RandomPurpose.StimulusOrder, id));
            string name = string.Join("", order);
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(24, counts.Count);
        // Five standard deviations of a binomial of mean 1000.
        Assert.All(counts.Values, count => Assert.InRange(count, 845, 1155));
    }
}
