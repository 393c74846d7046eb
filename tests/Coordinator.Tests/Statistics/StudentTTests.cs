using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Statistics;

public sealed class StudentTTests
{
    [Theory]
    [InlineData(0.975, 1, 12.7062)]
    [InlineData(0.975, 2, 4.3027)]
    [InlineData(0.975, 9, 2.2622)]
    [InlineData(0.975, 30, 2.0423)]
    [InlineData(0.95, 5, 2.0150)]
    [InlineData(0.995, 10, 3.1693)]
    [InlineData(0.975, 1e6, 1.9600)]
    [InlineData(0.025, 9, -2.2622)]
    public void Quantiles_are_those_of_the_tables(double probability, double freedom, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, freedom), 4);

    [Theory]
    [InlineData(0.75, 1)]
    [InlineData(0.9, 1)]
    [InlineData(0.999, 1)]
    public void With_one_degree_of_freedom_it_is_Cauchy_s(double probability, double freedom) => Assert.Equal(
        1, StudentT.Quantile(probability, freedom) / Math.Tan(Math.PI * (probability - 0.5)), 10);

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.99)]
    public void With_two_it_has_a_closed_form(double probability)
    {
        double expected = ((2 * probability) - 1) / Math.Sqrt(2 * probability * (1 - probability));

        Assert.Equal(expected, StudentT.Quantile(probability, 2), 10);
    }

    [Fact]
    public void The_quantile_undoes_the_cumulative_probability()
    {
        foreach (double freedom in new[] { 1, 1.5, 3.7, 12, 250 })
        {
            foreach (double probability in new[] { 0.001, 0.2, 0.5, 0.7, 0.9999 })
                Assert.Equal(probability, StudentT.Cumulative(StudentT.Quantile(probability, freedom), freedom), 10);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Certainty_has_no_quantile(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, 3));
}
