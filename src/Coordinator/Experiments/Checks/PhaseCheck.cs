using Nudge.Phases;
using Nudge.Plasticity;

namespace Nudge.Experiments.Checks;

/// <summary>Whether phases can have their length, and whether a rule sees the phases that it needs.</summary>
internal static class PhaseCheck
{
    internal static void Run(CheckContext context)
    {
        Length(context, context.Settings.Phases.Length, context.Settings.Time.Step);
        PhaseSettings phases = context.Settings.Phases;
        if (phases.B.IsOptimal)
            Optimal(context, phases.Order, context.Settings.Learning.Rule);
        if (context.Settings.Learning.Rule == RuleKind.ContinualEp && phases.Order != PhaseOrder.Alternating)
        {
            context.Error(
                "phases.order",
                "continual equilibrium propagation nudges after each free phase; expected alternating");
        }

        if (phases.PerStimulus > 1)
            return;
        RuleKind rule = context.Settings.Learning.Rule;
        if (rule != RuleKind.Isd)
        {
            context.Error(
                "phases.perStimulus",
                "a rule that compares a stimulus's phases would never learn from 1; expected at least 2");
        }
        else if (phases.Order == PhaseOrder.Alternating)
        {
            context.Error(
                "phases.perStimulus",
                "alternating phases begin anew with every stimulus, so 1 would be of one polarity only; expected at least 2");
        }
    }

    private static void Optimal(CheckContext context, PhaseOrder order, RuleKind rule)
    {
        if (order == PhaseOrder.Alternating)
        {
            context.Error(
                "phases.b",
                "alternating phases have each polarity half of the time; "
                + "expected a number, or phases.order: bernoulli");
        }

        if (rule is not (RuleKind.Isd or RuleKind.DifferentialIsd))
        {
            context.Error(
                "phases.b",
                "only isd and differential-isd report what an optimal b is found from; "
                + "expected a number, or one of these rules");
        }
    }

    private static void Length(CheckContext context, PhaseLengthSettings length, double step)
    {
        double excess = length.Mean - length.Floor;
        if (length.Law == PhaseLengthLaw.Exponential && excess <= 0)
        {
            context.Error(
                "phases.length.mean",
                $"{length.Mean} is not above the floor of {length.Floor}; " +
                "expected more, as the mean includes the floor");
        }

        if (length.Law == PhaseLengthLaw.Geometric && excess < step)
        {
            context.Error(
                "phases.length.mean",
                $"{length.Mean} is less than a step above the floor of " +
                $"{length.Floor}; expected at least {length.Floor + step}");
        }

        // The fixed law has no use for a floor: the default must not stand in the way of short phases.
        if (length.Law == PhaseLengthLaw.Fixed && excess < 0 && length.Floor != new PhaseLengthSettings().Floor)
            context.Error("phases.length.floor", $"{length.Floor} is above the mean; expected at most {length.Mean}");
    }
}
