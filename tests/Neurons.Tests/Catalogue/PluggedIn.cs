using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Plasticity;
using Nudge.Randomness;
using Nudge.Synapses;

namespace Nudge.Neurons.Tests.Catalogue;

/// <summary>A delay law of another assembly: half of the messages arrive at once, the others after twice the mean.</summary>
internal sealed record TwoPointDelay : DelaySettings
{
    [Range(0, 1e6)]
    public double Mean { get; init; } = 1;

    public override ISettingsDefinition Definition => Law.Instance;

    public override double MeanDelay => Mean;

    public override DelaySampler CreateSampler() => new Sampler(Mean);

    internal sealed class Law() : Definition("two-point", "At once, or after twice the mean.", typeof(TwoPointDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class Sampler(double mean) : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) => key.Draw(draw).First < 0.5 ? 0 : 2 * mean;
    }
}

/// <summary>A rule of another assembly: signed importance times the present product, at the end of each phase.</summary>
internal sealed record ProductSettings : RuleSettings
{
    public override RuleDefinition Rule => Product.Instance;
}

internal sealed class Product : RuleDefinition<ProductSettings>
{
    internal static readonly Product Instance = new();

    public override string Name => "product";

    public override string Summary => "Signed importance times the product of both activities.";

    public override string Source => "a test";

    protected override IPlasticityRule Create(ProductSettings settings, RuleContext context) =>
        new ProductRule(context.Stride * context.Lanes, context.UpdateScale);
}

internal sealed class ProductRule(int size, float scale) : IPlasticityRule
{
    private readonly float[] _post = new float[size];

    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    public LearningOutcome EndPhase(in LocalSignals here)
    {
        if (!here.Phase.Learns || !here.Coherent)
            return LearningOutcome.Nothing;
        foreach (SynapseView synapses in here.Synapses)
        {
            Weigh(here, synapses.NextRate());
            synapses.Learn(_post);
        }

        Weigh(here, here.Bias.NextRate());
        here.Bias.Learn(_post);
        return LearningOutcome.Learned;
    }

    private void Weigh(in LocalSignals here, float rate)
    {
        for (int i = 0; i < _post.Length; i++)
            _post[i] = rate * scale * here.Phase.Importance[i / here.Stride] * here.Activity[i];
    }
}
