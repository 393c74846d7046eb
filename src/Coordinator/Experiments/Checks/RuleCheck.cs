using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Synapses;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the switches of model and learning belong to the rule.</summary>
internal static class RuleCheck
{
    internal static void Run(CheckContext context)
    {
        (LearningSettings learning, ModelSettings model) = (context.Settings.Learning, context.Settings.Model);
        if (learning.Timing == UpdateTiming.Continuous && learning.Rule != RuleKind.Isd)
            context.Error("learning.timing", "only isd learns continuously; expected phase-end, or rule: isd");
        if (learning.Baseline == BaselineKind.Dendritic && learning.Rule != RuleKind.Isd)
        {
            context.Error(
                "learning.baseline",
                "only isd subtracts a dendritic baseline; expected none, or rule: isd");
        }

        if (learning.Optimiser.Kind == OptimiserKind.Adam && model.Kind != ModelKind.ForwardForward)
            context.Error("learning.optimiser.kind", "only forward-forward learns by adam; expected sgd");
        if (learning.Optimiser.Kind == OptimiserKind.Adam && learning.Batch > 1)
            context.Error("learning.batch", "adam applies every update at once; expected 1");
        bool alternates = context.Settings.Phases.Order == PhaseOrder.Alternating;
        if (model.Output == OutputDrive.Coupled && !(alternates && learning.ComparesPhases))
        {
            context.Error(
                "model.output",
                "coupled learning holds the output near where a free phase left it; expected phases.order: alternating and a "
                + "rule that compares phases, such as paired");
        }

        if (model.Output == OutputDrive.Coupled && model.Beta > 1)
            context.Error("model.beta", $"{model.Beta} would hold the output beyond its target; expected at most 1");
        if (learning.Baseline == BaselineKind.Dendritic
            && model.Kind is ModelKind.BoltzmannMachine or ModelKind.ForwardForward)
        {
            context.Error("learning.baseline", "only leaky units have a dendritic baseline; expected none");
        }

        if (model.ClampsOutput && model.Negative == NegativePhase.Opposed)
            context.Error("model.negative", "a clamped output has no opposite; expected free, or output: nudged");
        if (model.RandomSign && learning.Rule != RuleKind.Paired)
        {
            context.Error(
                "model.randomSign",
                "only paired phases share the sign of β; expected false, or learning.rule: paired");
        }

        if (model.Kind == ModelKind.ContrastiveHebbian && context.IsWritten("model.output") && model.Output == OutputDrive.Nudged)
            context.Error("model.output", "contrastive Hebbian learning clamps its output; expected clamped");
        if (model.RandomSign && model.ClampsOutput)
        {
            context.Error(
                "model.randomSign",
                "a clamped output has no sign of β; expected false, or output: nudged");
        }
    }
}
