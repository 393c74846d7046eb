using Nudge.Numerics;
using Nudge.State;
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

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("AsymmetricEpRule._snapshot", "snapshot", "A phase is compared with the end of the one before."),
    ];

    public override bool Suits(ModelTraits model) => base.Suits(model) && model.StateIsContinuous;

    protected override IPlasticityRule Create(AsymmetricEpSettings settings, RuleContext context) =>
        new AsymmetricEpRule(context);
}

/// <summary>The rule at one slice.</summary>
internal sealed class AsymmetricEpRule(RuleContext context) : IPlasticityRule
{
    private readonly bool _gate = context.Gate;
    private readonly float _scale = context.UpdateScale;
    private readonly float[] _change = new float[context.Lanes * context.Stride];
    private readonly float[] _post = new float[context.Lanes * context.Stride];
    private readonly float[][] _free =
        [.. context.Afferents.Select(afferent => new float[context.Lanes * afferent.Projection.Source.Size])];

    private readonly Snapshot _snapshot = new(context);

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = Learn(here);
        if (here.Phase.Learns)
            _snapshot.Take(here);
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "snapshot", _snapshot);
    }

    private LearningOutcome Learn(in LocalSignals here)
    {
        if (!here.Phase.Learns || !_snapshot.IsPreviousPhaseOf(here.Phase))
            return LearningOutcome.Nothing;
        if (_gate && !(here.Coherent && _snapshot.Coherent))
            return LearningOutcome.Gated;
        CompareUnits(here);
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            VectorKernels.Scale(_change, synapses.NextRate() * _scale, _post);
            TakeFree(here, k);
            synapses.Learn(_post, _free[k], decays: true);
        }

        VectorKernels.Scale(_change, here.Bias.NextRate() * _scale, _post);
        here.Bias.Learn(_post);
        return LearningOutcome.Learned;
    }

    /// <summary>g·(ρ now − ρ then) of every unit; 0 in lanes whose two phases have the same polarity.</summary>
    private void CompareUnits(in LocalSignals here)
    {
        for (int lane = 0; lane < here.Phase.Importance.Length; lane++)
        {
            float g = here.Phase.Importance[lane];
            int first = lane * here.Stride;
            VectorKernels.ScaledDifference(
                here.Activity.Slice(first, here.Stride),
                _snapshot.Activity.Slice(first, here.Stride),
                g * _snapshot.Importance[lane] < 0 ? g : 0,
                _change.AsSpan(first, here.Stride));
        }
    }

    /// <summary>What arrived in the free one of the two phases, lane by lane.</summary>
    private void TakeFree(in LocalSignals here, int k)
    {
        SynapseView synapses = here.Synapses[k];
        for (int lane = 0; lane < here.Phase.Importance.Length; lane++)
        {
            int first = lane * synapses.Sources;
            ReadOnlySpan<float> free = here.Phase.Importance[lane] < 0 ? synapses.Received : _snapshot.Received(k);
            free.Slice(first, synapses.Sources).CopyTo(_free[k].AsSpan(first));
        }
    }
}
