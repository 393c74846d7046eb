using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class ElementaryTests
{
    [Fact]
    public void The_logarithm_is_that_of_the_platform_to_the_last_places() =>
        Gen.Double[1e-300, 1e300].Sample(x => Near(Elementary.Log(x), Math.Log(x)));

    [Fact]
    public void The_logarithm_of_numbers_in_the_unit_interval_is_that_of_the_platform() =>
        Gen.Double[1e-12, 1].Sample(x => Near(Elementary.Log(x), Math.Log(x)));

    [Fact]
    public void The_exponential_is_that_of_the_platform_to_the_last_places() =>
        Gen.Double[-700, 700].Sample(x => Near(Elementary.Exp(x), Math.Exp(x)));

    [Fact]
    public void The_cosine_of_turns_is_that_of_the_platform() =>
        Gen.Double[-3, 3].Sample(x => Near(Elementary.CosOfTurns(x), Math.Cos(2 * Math.PI * x)));

    [Fact]
    public void The_sine_of_turns_is_that_of_the_platform() =>
        Gen.Double[-3, 3].Sample(x => Near(Elementary.SinOfTurns(x), Math.Sin(2 * Math.PI * x)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 1)]
    [InlineData(0.25, 0)]
    [InlineData(-0.5, -1)]
    public void The_cosine_of_quarters_of_a_turn_is_exact(double turns, double cosine) =>
        Assert.Equal(cosine, Elementary.CosOfTurns(turns));

    [Fact]
    public void The_normal_quantile_undoes_the_normal_law() =>
        Gen.Double[-5, 5].Sample(z => Math.Abs(Elementary.InverseNormal(Normal(z)) - z) < 1e-5);

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.5, 0)]
    [InlineData(1e-9, -5.997807015007686)]
    public void The_normal_quantile_has_its_published_values(double p, double z) =>
        Assert.Equal(z, Elementary.InverseNormal(p), 1e-12);

    private static bool Near(double actual, double expected) =>
        Math.Abs(actual - expected) <= 2e-15 + (4e-15 * Math.Abs(expected));

    // Simpson's rule over the density: good to 1e-9, without the library's help.
    private static double Normal(double z)
    {
        const int Pieces = 2000;
        double h = z / Pieces;
        double sum = 0;
        for (int i = 0; i <= Pieces; i++)
            sum += (i == 0 || i == Pieces ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * i * h * i * h);
        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }
}
