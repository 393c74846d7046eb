using MyRules;
using Nudge.Audit;
using Nudge.DataSets;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace MyRules.Tests;

/// <summary>
/// What every rule should be asked: does it learn the gradient on average, under late and lost messages, and is what it carries
/// declared? A rule that is wrong in one case still learns something, so that accuracy does not tell.
/// </summary>
public sealed class MeanIsdTests
{
    private static readonly StimulusSets Data = new Blobs().Load(new BlobsSettings { Inputs = 4, Classes = 2, Train = 8 }, null, seed: 1);

    [Fact]
    public void The_mean_update_is_the_gradient()
    {
        TruthFigures own = Read(new MeanIsdSettings());
        double error = 0.05 + (4 * own.SlopeError);
        Assert.InRange(own.Slope, 1 - error, 1 + error);
        Assert.True(own.Cosine > 0.9, $"cosine {own.Cosine}");
    }

    [Fact]
    public void The_baseline_makes_updates_less_noisy() =>
        Assert.True(Read(new MeanIsdSettings()).SignalToNoise > Read(new IsdSettings()).SignalToNoise);

    [Fact]
    public void What_it_carries_is_declared()
    {
        CarriedReport report = CarriedState.Measure(Network(new MeanIsdSettings()), Data.Train);
        Assert.All(report.Fields, field => Assert.True(field.Exception is not null, field.Path));
    }

    private static TruthFigures Read(RuleSettings rule)
    {
        NetworkPlan network = Network(rule);
        // At the first weights: where the task is learned the gradient vanishes, and there is nothing to compare with.
        var begun = new VirtualEngine(network, new(network, new(0, 0, 0), Data.Train, Data.Test));
        return TruthMeter.Read(network, NetworkWeights.Of(network, begun.Slices), Data.Train, phases: 20_000).All;
    }

    private static NetworkPlan Network(RuleSettings rule) => NetworkCompiler.Compile(
        new()
        {
            Populations =
            [
                new("input", new() { Role = PopulationRole.Input, Size = 4 }),
                new("hidden", new() { Role = PopulationRole.Hidden, Size = 6 }),
                new("class", new() { Role = PopulationRole.Output, Size = 2 }),
            ],
            Projections =
            [
                new("input-hidden", new() { From = "input", To = "hidden", Rate = 0.02 }),
                new("hidden-class", new() { From = "hidden", To = "class", Bidirectional = true, Rate = 0.01 }),
            ],
            Links = new() { Activity = new() { Delay = new ExponentialDelay { Mean = 0.2 }, Loss = new IndependentLoss { Rate = 0.1 } } },
            Phases = new() { Length = new() { Mean = 20 } },
            Learning = new() { Rule = rule },
            Classes = 2,
        },
        expectedStimuli: 1000);
}
