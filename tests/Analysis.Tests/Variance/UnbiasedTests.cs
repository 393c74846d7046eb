namespace Nudge.Analysis.Tests.Variance;

/// <summary>The mean update does not depend on b, and is the exact gradient (theory §2), in every model.</summary>
public sealed class UnbiasedTests
{
    [Theory]
    [InlineData("rbm", 0.2, 200_000)]
    [InlineData("rbm", 0.8, 200_000)]
    [InlineData("sbm", 0.2, 40_000)]
    [InlineData("sbm", 0.8, 40_000)]
    [InlineData("ep", 0.2, 200_000)]
    [InlineData("ep", 0.8, 200_000)]
    [InlineData("ep-differential", 0.2, 20_000)]
    [InlineData("ep-differential", 0.8, 20_000)]
    [InlineData("chl", 0.2, 100_000)]
    [InlineData("chl", 0.8, 100_000)]
    [InlineData("ff", 0.2, 40_000)]
    [InlineData("ff", 0.8, 40_000)]
    public void The_mean_update_is_the_exact_gradient_at_every_b(string model, double b, int phases)
    {
        (double slope, double error) = FrozenCase.Of(model).Slope(b, phases);
        Assert.True(error < 0.15, $"the test sees nothing: standard error {error}");
        Assert.True(Math.Abs(slope - 1) < 4 * error, $"{model}, b = {b}: {slope} ± {error} of the exact gradient");
    }
}
