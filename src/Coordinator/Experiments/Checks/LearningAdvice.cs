using Nudge.Links;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;

namespace Nudge.Experiments.Checks;

/// <summary>Warns of combinations that were measured not to learn.</summary>
internal static class LearningAdvice
{
    internal static void Run(CheckContext context)
    {
        (LearningSettings learning, ModelSettings model) = (context.Settings.Learning, context.Settings.Model);
        PhaseSettings phases = context.Settings.Phases;
        if (learning.Rule == RuleKind.Paired && phases.Order == PhaseOrder.Bernoulli)
        {
            context.Warn(
                "learning.rule",
                "paired learns from two phases of opposite sign, and bernoulli " +
                "gives a stimulus both by chance only: use phases.order: alternating");
        }

        if (learning.Rule == RuleKind.Isd && model is { Output: OutputDrive.Nudged, Beta: < 0.5 })
        {
            context.Warn(
                "model.beta",
                "the variance of isd grows as β falls, and below 0.5 " +
                "it drowns the signal: use β near 1, or output: clamped");
        }

        if (learning.Rule == RuleKind.DifferentialIsd && phases.PerStimulus > 2)
            context.Warn("phases.perStimulus", "differential-isd was measured to do best with 2 phases a stimulus");
        if (!learning.Gate)
            Ungated(context, learning);
    }

    private static void Ungated(CheckContext context, LearningSettings learning)
    {
        LinksSettings links = context.Settings.Links;
        if (Loses(links.Control.Loss))
        {
            context.Warn(
                "learning.gate",
                "without the gate a few lost control messages are enough to destroy learning");
        }

        if (learning.Tags == TagTransport.Broadcast && Loses(links.Phase.Loss))
            context.Warn("learning.gate", "without the gate a few lost phase tags are enough to destroy learning");
    }

    private static bool Loses(LossSettings loss) => loss.Law != LossLaw.None && loss.Rate > 0;
}
