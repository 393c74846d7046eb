using System.Globalization;
using CsCheck;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

public sealed class ValueListTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData(" 0 , 0.1", new[] { "0", "0.1" })]
    [InlineData("{law: none},{law: independent, rate: 0.1}", new[] { "{law: none}", "{law: independent, rate: 0.1}" })]
    [InlineData("\"a,b\",'c,d'", new[] { "\"a,b\"", "'c,d'" })]
    [InlineData("0..0.5:6", new[] { "0", "0.1", "0.2", "0.3", "0.4", "0.5" })]
    [InlineData("1..-1:3", new[] { "1", "0", "-1" })]
    [InlineData("log:0.01..1:3", new[] { "0.01", "0.1", "1" })]
    [InlineData("0,log:16..256:5", new[] { "0", "16", "32", "64", "128", "256" })]
    [InlineData("1e-3..3e-3:3", new[] { "0.001", "0.002", "0.003" })]
    [InlineData("../digits,/data/mnist", new[] { "../digits", "/data/mnist" })]
    public void A_list_has_the_values_that_it_says(string text, string[] values) =>
        Assert.Equal(values, ValueList.Parse(text));

    [Theory]
    [InlineData("", "no values")]
    [InlineData("  ", "no values")]
    [InlineData("a,,b", "missing between commas")]
    [InlineData("a,", "missing between commas")]
    [InlineData("0.1,0.10", "twice")]
    [InlineData("0,0..1:3", "twice")]
    [InlineData("0..1", "not a range")]
    [InlineData("0..1:x", "not a range")]
    [InlineData("0..1:1", "expected 2 to")]
    [InlineData("0..1:9999999", "expected 2 to")]
    [InlineData("log:0..1:5", "greater than 0")]
    [InlineData("log:-1..1:5", "greater than 0")]
    [InlineData("{law: none", "left open")]
    [InlineData("a}", "left open")]
    [InlineData("\"a", "left open")]
    public void A_list_that_is_none_is_refused_with_what_was_expected(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => ValueList.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_range_has_both_ends_its_count_and_equal_steps() => Gen
        .Select(Gen.Int[-1000, 1000], Gen.Int[1, 1000], Gen.Int[2, 60])
        .Sample((from, width, count) =>
        {
            double[] values = Numbers($"{from}..{from + width}:{count}");
            Assert.Equal(count, values.Length);
            Assert.Equal(from, values[0]);
            Assert.Equal(from + width, values[^1]);
            double step = (double)width / (count - 1);
            Assert.All(values.Zip(values.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, 1e-8));
        });

    [Fact]
    public void A_logarithmic_range_has_both_ends_its_count_and_equal_ratios() => Gen
        .Select(Gen.Double[1e-6, 1e3], Gen.Double[1.5, 1e4], Gen.Int[2, 40])
        .Sample((from, factor, count) =>
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"log:{from}..{from * factor}:{count}");
            double[] values = Numbers(text);
            Assert.Equal(count, values.Length);
            Assert.Equal(from, values[0], 1e-10 * from);
            Assert.Equal(from * factor, values[^1], 1e-10 * from * factor);
            double ratio = Math.Pow(factor, 1.0 / (count - 1));
            Assert.All(values.Zip(values.Skip(1)), pair => Assert.Equal(ratio, pair.Second / pair.First, 1e-9 * ratio));
        });

    private static double[] Numbers(string text) => [.. new Variation("x", ValueList.Parse(text)).Numbers];
}
