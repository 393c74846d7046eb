using Nudge.Models.DualPropagation;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Truth;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>The exact gradients of networks that learn values and not classes.</summary>
public sealed class TargetValueTruthTests
{
    private static readonly TargetExamples Examples = TargetExamples.Means(6, 4, 3);

    public static TheoryData<string> Models => ["dual propagation", "predictive coding", "equilibrium propagation"];

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_learned_of_target_values_is_the_exact_contrast(string model)
    {
        (ModelSettings settings, RuleSettings rule) = model switch
        {
            "dual propagation" => ((ModelSettings)new DualPropagationSettings(), (RuleSettings)new IsdSettings()),
            "predictive coding" => (new PredictiveCodingSettings(), new IsdSettings()),
            _ => (new EquilibriumPropagationSettings { Beta = 0.5 }, new DifferentialIsdSettings()),
        };
        NetworkSettings network = SmallHierarchy.Settings([4, 8, 3], Activation.Sigmoid) with
        {
            Model = settings,
            Learning = new() { Rule = rule },
            Phases = new() { PerStimulus = rule.Rule.ComparesPhases ? 2 : 1, Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 40 } },
        };
        NetworkPlan plan = NetworkCompiler.Compile(network, 1000);
        NetworkWeights weights = NetworkWeights.Of(plan, plan.Slices.Select(slice => plan.CreateSlice(slice)));
        TruthReading reading = TruthMeter.Read(plan, weights, Examples, 2000);
        Assert.True(reading.All.SlopeError < 0.1, $"the test sees nothing: {reading.All}");
        Assert.True(Math.Abs(reading.All.Slope - 1) < Math.Max(4 * reading.All.SlopeError, 2e-3), $"{reading.All}");
        Assert.True(reading.All.Cosine > 0.97, $"{reading.All}");
    }
}
