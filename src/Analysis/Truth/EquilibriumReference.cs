using Nudge.Models;
using Nudge.Models.ContrastiveHebbian;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Oracles;

namespace Nudge.Truth;

/// <summary>The exact contrast of equilibrium propagation, from fixed points in double precision.</summary>
internal sealed class EquilibriumReference : ReferenceDefinition
{
    public override string Name => EquilibriumPropagationModel.Instance.Name;

    public override string Summary => "The contrast of both phases' fixed points, and the descent of the cost.";

    public override ExactReference Of(ReferenceContext context) =>
        Of(context, (EquilibriumPropagationSettings)context.Model);

    internal static ExactReference Of(ReferenceContext context, EquilibriumPropagationSettings model)
    {
        context.RequireFixedPoints();
        int[] all = [.. Enumerable.Range(0, context.Training.Count)];
        var oracle = new EquilibriumGradient(context.Network, context.Weights, context.Training, model.Feedback);
        GradientVector contrast = oracle.Contrast(all, model);
        if (model.RandomSign)
        {
            GradientVector opposite = oracle.Contrast(all, model with { Beta = -model.Beta });
            contrast = contrast.Subtract(opposite.Scale(-1)).Scale(0.5);
        }

        return new(contrast, oracle.CostDescent(all));
    }
}

/// <summary>The exact contrast of contrastive Hebbian learning: that of equilibrium propagation with a clamped output.</summary>
internal sealed class ContrastiveHebbianReference : ReferenceDefinition
{
    public override string Name => ContrastiveHebbianModel.Instance.Name;

    public override string Summary => "The contrast of both phases' fixed points, and the descent of the cost.";

    public override ExactReference Of(ReferenceContext context) =>
        EquilibriumReference.Of(context, new EquilibriumPropagationSettings { Output = OutputDrive.Clamped });
}
