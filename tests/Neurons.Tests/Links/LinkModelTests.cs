using Nudge.Catalogue;
using Nudge.Clocks;
using Nudge.Links;
using Nudge.Randomness;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Links;

public sealed class LinkModelTests
{
    private const int Messages = 200_000;
    private static readonly RandomKey Key = new(17, RandomPurpose.LinkFate, 3);

    [Theory]
    [InlineData("constant", 0.0)]
    [InlineData("uniform", 0.1443)]
    [InlineData("exponential", 0.5)]
    [InlineData("log-normal", 0.4)]
    [InlineData("gamma", 0.4)]
    [InlineData("pareto", 0.2236)]
    public void Every_delay_law_has_the_mean_and_the_spread_that_it_was_given(string law, double deviation)
    {
        double[] delays = Delays(new() { Delay = Delay(law) });
        double mean = delays.Average();
        double spread = Math.Sqrt(delays.Select(delay => (delay - mean) * (delay - mean)).Average());
        Assert.Equal(0.5, mean, 0.01);
        // A Pareto law's sample deviation converges slowly: its fourth moment does not exist here.
        Assert.Equal(deviation, spread, law == "pareto" ? 0.06 : 0.01);
    }

    [Theory]
    [InlineData("exponential", 0.3466)]
    [InlineData("log-normal", 0.3904)]
    [InlineData("pareto", 0.4340)]
    [InlineData("uniform", 0.5)]
    public void Every_delay_law_has_its_median(string law, double median)
    {
        Assert.Equal(0.5, Delays(new() { Delay = Delay(law) }).Count(delay => delay < median) / (double)Messages, 0.01);
    }

    [Theory]
    [MemberData(nameof(DelayLaws))]
    public void Every_delay_law_of_the_catalogue_has_the_mean_that_it_reports(string law)
    {
        DelaySettings settings = Delay(law);
        Assert.Equal(settings.MeanDelay, Delays(new() { Delay = settings }).Average(), 0.01);
        Assert.Equal(settings.MeanDelay == 0, new LinkModel(new() { Delay = settings }, Key).IsIdeal);
    }

    [Theory]
    [MemberData(nameof(LossLaws))]
    public void Every_loss_law_of_the_catalogue_has_the_mean_that_it_reports(string law)
    {
        LossSettings settings = NamedSettings.Law<LossSettings>(law, ("Rate", 0.3), ("Burst", 5));
        Assert.Equal(settings.MeanLoss, Share(Losses(settings)), 0.02);
        Assert.Equal(settings.MeanLoss == 0, settings.CreateSampler() is null);
    }

    [Fact]
    public void A_gamma_law_of_shape_below_one_has_its_mean_and_spread()
    {
        double[] delays = Delays(new() { Delay = new GammaDelay { Mean = 0.5, Cv = 2 } });
        double mean = delays.Average();
        Assert.Equal(0.5, mean, 0.02);
        Assert.Equal(1, Math.Sqrt(delays.Select(delay => (delay - mean) * (delay - mean)).Average()), 0.05);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Independent_loss_has_its_rate_and_no_memory(double rate)
    {
        bool[] lost = Losses(new IndependentLoss { Rate = rate });
        Assert.Equal(rate, Share(lost), 0.005);
        bool[] after = [.. lost.Skip(1).Where((_, i) => lost[i])];
        Assert.Equal(rate, Share(after), 0.01);
    }

    [Theory]
    [InlineData(0.1, 5)]
    [InlineData(0.5, 20)]
    [InlineData(0.3, 1)]
    public void Bursts_have_their_rate_and_their_mean_length(double rate, double burst)
    {
        bool[] lost = Losses(new GilbertElliottLoss { Rate = rate, Burst = burst });
        Assert.Equal(rate, Share(lost), 0.02);
        int starts = lost.Where((now, i) => now && (i == 0 || !lost[i - 1])).Count();
        Assert.Equal(burst, lost.Count(now => now) / (double)starts, 0.06 * burst);
    }

    [Fact]
    public void Bursts_that_cannot_be_are_refused() => Assert.Throws<ArgumentException>(() =>
        new LinkModel(new() { Loss = new GilbertElliottLoss { Rate = 0.9, Burst = 2 } }, Key));

    [Fact]
    public void A_fate_depends_on_the_message_alone_and_not_on_those_before()
    {
        var settings = new LinkSettings
        {
            Delay = new GammaDelay { Mean = 1 },
            Loss = new IndependentLoss { Rate = 0.3 },
            Duplicate = 0.2,
        };
        var forward = new LinkModel(settings, Key);
        var backward = new LinkModel(settings, Key);
        LinkFate[] there = [.. Enumerable.Range(0, 500).Select(n => forward.Decide(n, 7))];
        LinkFate[] back = [.. Enumerable.Range(0, 500).Reverse().Select(n => backward.Decide(n, 7)).Reverse()];
        Assert.Equal(there, back);
    }

    [Fact]
    public void Duplicates_have_their_share_and_a_delay_of_their_own()
    {
        var model = new LinkModel(
            new() { Duplicate = 0.25, Delay = new ExponentialDelay { Mean = 1 } }, Key);
        LinkFate[] fates = [.. Enumerable.Range(0, Messages).Select(n => model.Decide(n, 0))];
        Assert.Equal(0.25, fates.Count(fate => fate.Duplicated) / (double)Messages, 0.005);
        LinkFate[] twice = [.. fates.Where(fate => fate.Duplicated)];
        Assert.Equal(1, twice.Average(fate => Ticks.ToTau(fate.DuplicateDelay)), 0.02);
        Assert.True(twice.Count(fate => fate.Delay != fate.DuplicateDelay) > 0.99 * twice.Length);
    }

    [Fact]
    public void First_in_first_out_never_delivers_a_message_before_an_earlier_one()
    {
        var settings = new LinkSettings
        {
            Delay = new ParetoDelay { Mean = 2 },
            Order = LinkOrder.FirstInFirstOut,
        };
        var ordered = new LinkModel(settings, Key);
        var free = new LinkModel(settings with { Order = LinkOrder.Any }, Key);
        long[] due = [.. Enumerable.Range(0, 5000).Select(n => (n * 100L) + ordered.Decide(n, n * 100L).Delay)];
        long[] loose = [.. Enumerable.Range(0, 5000).Select(n => (n * 100L) + free.Decide(n, n * 100L).Delay)];
        Assert.Equal(due.Order(), due);
        Assert.NotEqual(loose.Order(), loose);
    }

    [Fact]
    public void A_cut_link_carries_nothing_and_heals()
    {
        var settings = new LinkSettings();
        var model = new LinkModel(settings, Key);
        Assert.Equal(LossCause.None, model.Decide(0, Ticks.FromTau(1)).Lost);
        model.Change(settings, isCut: true);
        Assert.False(model.IsIdeal);
        Assert.Equal(LossCause.Partition, model.Decide(1, Ticks.FromTau(1)).Lost);
        Assert.Equal(LossCause.Partition, model.Decide(2, Ticks.FromTau(2)).Lost);
        model.Change(settings, isCut: false);
        Assert.Equal(LossCause.None, model.Decide(3, Ticks.FromTau(2)).Lost);
    }

    [Fact]
    public void Even_an_ideal_link_takes_one_tick()
    {
        var model = new LinkModel(LinkSettings.Ideal, Key);
        Assert.True(model.IsIdeal);
        Assert.Equal(new LinkFate(LossCause.None, 1, false, 0), model.Decide(0, 123));
    }

    public static TheoryData<string> DelayLaws => Names<DelaySettings>();

    public static TheoryData<string> LossLaws => Names<LossSettings>();

    private static TheoryData<string> Names<TSettings>() =>
        [.. DefinitionCatalogue.BuiltIn.OfFamily(typeof(TSettings)).Select(law => law.Name)];

    private static DelaySettings Delay(string law) => NamedSettings.Law<DelaySettings>(
        law, ("Mean", 0.5), ("Spread", 0.25), ("Cv", 0.8), ("Shape", 3.45));

    private static double[] Delays(LinkSettings settings)
    {
        var model = new LinkModel(settings, Key);
        return [.. Enumerable.Range(0, Messages).Select(n => Ticks.ToTau(model.Decide(n, 0).Delay))];
    }

    private static bool[] Losses(LossSettings loss)
    {
        var model = new LinkModel(new() { Loss = loss }, Key);
        return [.. Enumerable.Range(0, Messages).Select(n => model.Decide(n, 0).Lost == LossCause.Loss)];
    }

    private static double Share(bool[] values) => values.Count(value => value) / (double)values.Length;
}
