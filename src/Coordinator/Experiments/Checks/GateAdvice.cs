using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;

namespace Nudge.Experiments.Checks;

/// <summary>Warns of learning without the coherence gate where it was measured to fail.</summary>
internal static class GateAdvice
{
    internal static void Run(CheckContext context)
    {
        LearningSettings learning = context.Settings.Learning;
        LinksSettings links = context.Settings.Links;
        if (learning.Gate)
            return;
        if (links.Control.Loss.MeanLoss > 0)
        {
            context.Warn(
                "learning.gate",
                "without the gate a few lost control messages are enough to destroy learning");
        }

        if (learning.Tags == TagTransport.Broadcast && links.Phase.Loss.MeanLoss > 0)
            context.Warn("learning.gate", "without the gate a few lost phase tags are enough to destroy learning");
    }
}
