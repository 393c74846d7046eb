using Nudge.Phases;

namespace Nudge.Experiments.Checks;

/// <summary>Warns of phases too short for what has to happen in them.</summary>
internal static class PhaseAdvice
{
    private const double LeastSteps = 20;

    internal static void Run(CheckContext context)
    {
        PhaseSettings phases = context.Settings.Phases;
        if (context.Model.Settles)
            Settling(context, phases.Length.Mean);
        if (phases.Order == PhaseOrder.Alternating && phases.PerStimulus > 1 && phases.PerStimulus % 2 == 1)
        {
            context.Warn(
                "phases.perStimulus",
                "an odd number of alternating phases has one negative more than positive");
        }

        if (phases.Order == PhaseOrder.Alternating && context.IsWritten("phases.b") && phases.B != 0.5)
            context.Warn("phases.b", "has no effect while phases alternate");
    }

    private static void Settling(CheckContext context, double mean)
    {
        double steps = mean / context.Settings.Time.Step;
        if (steps < LeastSteps)
        {
            context.Warn(
                "phases.length.mean",
                $"a mean phase of {steps:0.#} steps hardly lets a network settle: give it {LeastSteps} or more");
        }
    }
}
