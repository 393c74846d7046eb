using Nudge.Models;
using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>What cannot be enumerated, or does not fit, is refused in plain words.</summary>
public sealed class OracleLimitTests
{
    [Fact]
    public void A_machine_too_large_to_enumerate_is_refused_with_a_way_out()
    {
        var error = Assert.Throws<OracleTooLargeException>(() => ExactBoltzmann.LogPartition(Blank(64, 794)));
        Assert.Equal(
            "The exact oracle enumerates the smaller side, here 64 units; expected at most 20 "
            + "(use annealed importance sampling).",
            error.Message);
    }

    [Fact]
    public void Couplings_leave_only_the_hidden_side_to_enumerate()
    {
        BoltzmannParameters machine = Blank(21, 3) with { Couplings = new double[21 * 21] };
        Assert.Throws<OracleTooLargeException>(() => ExactBoltzmann.LogPartition(machine));
        var error = Assert.Throws<OracleTooLargeException>(() => ExactBoltzmann.DataStatistics(machine, [[0, 1, 0]]));
        Assert.Contains("the coupled hidden side, here 21 units", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_statistics_of_an_rbm_have_no_limit() =>
        Assert.Equal(0.5, ExactBoltzmann.DataStatistics(Blank(100, 30), [new float[30]]).Hidden[99]);

    [Fact]
    public void Rows_that_are_not_binary_or_do_not_fit_are_refused()
    {
        BoltzmannParameters machine = Blank(2, 3);
        Assert.Contains("value 0.5", Refusal(machine, [0, 0.5f, 1]), StringComparison.Ordinal);
        Assert.Contains("2 values; expected 3", Refusal(machine, [0, 1]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ExactBoltzmann.NegativeLogLikelihood(machine, []));
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ExactBoltzmann.LogPartition(Blank(2, 3) with { Visible = 4 }));
        Assert.Throws<ArgumentException>(() => BoltzmannParameters.Of([1, 2, 3], [0, 0]));
        Assert.Throws<ArgumentException>(() => BoltzmannParameters.Of([1, 2], [0, 0], couplings: [1]));
        Assert.Throws<ArgumentException>(
            () => ExactBoltzmann.LogPartition(Blank(2, 3) with { Couplings = [0, 1, 2, 0] }));
    }

    private static string Refusal(BoltzmannParameters machine, float[] row) =>
        Assert.Throws<ArgumentException>(() => ExactBoltzmann.NegativeLogLikelihood(machine, [row])).Message;

    private static BoltzmannParameters Blank(int hidden, int visible) => new()
    {
        Hidden = hidden,
        Visible = visible,
        Weights = new double[hidden * visible],
        HiddenBias = new double[hidden],
        VisibleBias = new double[visible],
    };
}
