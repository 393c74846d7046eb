using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Truth;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>The predicted bias of short phases against plain sums, and against what the engine learns.</summary>
public sealed class PhaseBiasTests
{
    private const int Errors = 4;

    [Theory]
    [InlineData(PhaseLengthLaw.Fixed, 0, 5, 0.5, 0.9)]
    [InlineData(PhaseLengthLaw.Fixed, 0, 1, 0.2, 0.7)]
    [InlineData(PhaseLengthLaw.Geometric, 0, 5, 0.5, 0.9)]
    [InlineData(PhaseLengthLaw.Geometric, 0, 1, 0.3, 0.9)]
    [InlineData(PhaseLengthLaw.Geometric, 3, 6, 0.8, 0.95)]
    public void One_mode_is_the_sum_over_the_lengths_of_all_free_phases_in_a_row(
        PhaseLengthLaw law, int floor, int mean, double b, double eigenvalue)
    {
        PhaseSettings phases = Settings(law, floor, mean, b);
        (double end, double every) = (0, 0);
        // What free phases before this one have left, times how likely so many of them are.
        double before = b;
        for (int earlier = 0; earlier < 4000; earlier++)
        {
            foreach ((int length, double likely) in Lengths(law, floor, mean))
            {
                end += before * likely * Math.Pow(eigenvalue, length);
                every += before * likely * Enumerable.Range(1, length).Sum(t => Math.Pow(eigenvalue, t)) / mean;
            }

            before *= (1 - b) * Lengths(law, floor, mean).Sum(one => one.Likely * Math.Pow(eigenvalue, one.Length));
            if (before < 1e-14)
                break;
        }

        Assert.Equal(end, PhaseBias.OfMode(eigenvalue, phases, 1, continuous: false), 1e-9);
        Assert.Equal(every, PhaseBias.OfMode(eigenvalue, phases, 1, continuous: true), 1e-9);
    }

    [Fact]
    public void For_geometric_lengths_learning_at_every_step_is_as_biased_as_at_the_end_and_as_b_times_as_long_a_phase()
    {
        PhaseSettings phases = Settings(PhaseLengthLaw.Geometric, 0, 8, 0.25);
        double end = PhaseBias.OfMode(0.9, phases, 1, continuous: false);
        Assert.Equal(end, PhaseBias.OfMode(0.9, phases, 1, continuous: true), 1e-12);
        const double Ends = 0.25 / 8;
        Assert.Equal(Ends * 0.9 / (1 - ((1 - Ends) * 0.9)), end, 1e-12);
    }

    [Fact]
    public void Long_phases_that_learn_at_every_step_keep_b_times_the_mixing_time_over_their_length()
    {
        PhaseSettings phases = Settings(PhaseLengthLaw.Fixed, 0, 10_000, 0.5);
        Assert.Equal(0.5 * 9 / 10_000, PhaseBias.OfMode(0.9, phases, 1, continuous: true), 1e-12);
    }

    [Theory]
    [InlineData(PhaseOrder.Alternating, PhaseLengthLaw.Fixed)]
    [InlineData(PhaseOrder.Bernoulli, PhaseLengthLaw.Exponential)]
    public void What_is_not_predicted_is_refused(PhaseOrder order, PhaseLengthLaw law) => Assert.Throws<NotSupportedException>(
        () => PhaseBias.OfMode(0.5, Settings(law, 0, 4, 0.5) with { Order = order }, 1, continuous: false));

    [Theory]
    [InlineData(PhaseLengthLaw.Fixed, 2, 0.5, UpdateTiming.PhaseEnd)]
    [InlineData(PhaseLengthLaw.Fixed, 4, 0.3, UpdateTiming.Continuous)]
    [InlineData(PhaseLengthLaw.Geometric, 4, 0.5, UpdateTiming.PhaseEnd)]
    [InlineData(PhaseLengthLaw.Geometric, 6, 0.7, UpdateTiming.Continuous)]
    public void The_engine_is_biased_as_predicted(PhaseLengthLaw law, int mean, double b, UpdateTiming timing)
    {
        NetworkSettings plain = SmallModels.Boltzmann(b, mean);
        NetworkSettings settings = plain with
        {
            Lanes = 32,
            Projections = [.. plain.Projections.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Gain = 4 }))],
            Learning = new() { Rule = new BoltzmannIsdSettings { Timing = timing } },
            Phases = Settings(law, 0, mean, b),
        };
        (NetworkPlan network, NetworkWeights weights) = SmallModels.Begin(settings, SmallModels.Patterns);
        GibbsSpectrum spectrum = PhaseBias.SpectrumOf(network, weights, SmallModels.Patterns);
        double predicted = PhaseBias.Of(spectrum, settings.Phases, settings.Time.Step, timing == UpdateTiming.Continuous);

        TruthReading reading = TruthMeter.Read(network, weights, SmallModels.Patterns, 3000);

        TruthFigures hidden = reading.Parts[network.Projections.Single(one => one.Target.Name == "hidden").Name];
        Assert.True(hidden.SlopeError < 0.03, $"{hidden}");
        Assert.True(predicted > 2 * Errors * hidden.SlopeError, $"predicted {predicted}, {hidden}");
        Assert.Equal(predicted, 1 - hidden.Slope, Errors * hidden.SlopeError);
    }

    private static PhaseSettings Settings(PhaseLengthLaw law, double floor, double mean, double b) =>
        new() { B = b, PerStimulus = 1, Length = new() { Law = law, Floor = floor, Mean = mean } };

    private static IEnumerable<(int Length, double Likely)> Lengths(PhaseLengthLaw law, int floor, int mean)
    {
        double ends = 1.0 / (mean - floor);
        return law == PhaseLengthLaw.Fixed
            ? [(mean, 1)]
            : Enumerable.Range(1, 400).Select(steps => (floor + steps, ends * Math.Pow(1 - ends, steps - 1)));
    }
}
