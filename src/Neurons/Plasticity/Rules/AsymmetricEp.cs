using Nudge.Numerics;
using Nudge.Synapses;

namespace Nudge.Plasticity.Rules;

/// <summary>
/// Equilibrium propagation for networks whose two weight copies differ (Scellier, Goyal, Binas, Mesnard and Bengio 2018,
/// generalisation to vector field dynamics): ΔW_ij = (η/β)·(ρ_i nudged − ρ_i free)·ρ_j free, the change of the post-synaptic
/// unit times the pre-synaptic activity of the free state. Each direction learns what its own units need, and no copy has to
/// be the other's transpose. Only a phase whose polarity is opposite to the previous one of the same stimulus teaches. Carries
/// one snapshot.
/// </summary>
public sealed record AsymmetricEpSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => AsymmetricEp.Instance;
}

internal sealed class AsymmetricEp : RuleDefinition<AsymmetricEpSettings>
{
    internal static readonly AsymmetricEp Instance = new();

    public override string Name => "asymmetric-ep";

    public override string Summary =>
        "The change of the post-synaptic unit between opposite phases times the pre-synaptic activity of the free one; one snapshot.";

    public override string Source => "Scellier et al. 2018, arXiv 1808.04873";

    public override bool ComparesPhases => true;

    public override bool WeighsPolaritiesAlike => true;

    public override bool LearnsFromOppositePhases => true;

    public override bool GivesWholeGradients => true;

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } = SnapshotRule.CarriedBy<AsymmetricEpRule>();

    public override bool Suits(ModelTraits model) => base.Suits(model) && model.StateIsContinuous;

    protected override IPlasticityRule Create(AsymmetricEpSettings settings, RuleContext context) =>
        new AsymmetricEpRule(context);
}

/// <summary>The rule at one slice.</summary>
internal sealed class AsymmetricEpRule(RuleContext context) : SnapshotRule(context)
{
    private readonly float _scale = context.UpdateScale;
    private readonly float[] _change = new float[context.Lanes * context.Stride];
    private readonly float[] _post = new float[context.Lanes * context.Stride];
    private readonly float[][] _free =
        [.. context.Afferents.Select(afferent => new float[context.Lanes * afferent.Projection.Source.Size])];

    /// <inheritdoc/>
    protected override void Learn(in LocalSignals here, Snapshot then)
    {
        CompareUnits(here, then);
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            VectorKernels.Scale(_change, synapses.NextRate() * _scale, _post);
            TakeFree(here.Phase.Importance, synapses, then.Received(k), _free[k]);
            synapses.Learn(_post, _free[k], decays: true);
        }

        VectorKernels.Scale(_change, here.Bias.NextRate() * _scale, _post);
        here.Bias.Learn(_post);
    }

    /// <summary>g·(ρ now − ρ then) of every unit; 0 in lanes whose two phases have the same polarity.</summary>
    private void CompareUnits(in LocalSignals here, Snapshot then)
    {
        for (int lane = 0; lane < here.Phase.Importance.Length; lane++)
        {
            float g = here.Phase.Importance[lane];
            int first = lane * here.Stride;
            VectorKernels.ScaledDifference(
                here.Activity.Slice(first, here.Stride),
                then.Activity.Slice(first, here.Stride),
                g * then.Importance[lane] < 0 ? g : 0,
                _change.AsSpan(first, here.Stride));
        }
    }

    /// <summary>What arrived in the free one of the two phases, lane by lane.</summary>
    private static void TakeFree(
        ReadOnlySpan<float> importance, SynapseView synapses, ReadOnlySpan<float> before, Span<float> free)
    {
        for (int lane = 0; lane < importance.Length; lane++)
        {
            ReadOnlySpan<float> received = importance[lane] < 0 ? synapses.Received : before;
            int first = lane * synapses.Sources;
            received.Slice(first, synapses.Sources).CopyTo(free[first..]);
        }
    }
}
