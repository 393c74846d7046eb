using Nudge.Phases;

namespace Nudge.Experiments.Checks;

/// <summary>Whether there are lanes enough for an order of polarities that goes across them.</summary>
internal static class LaneOrderCheck
{
    internal static void Run(CheckContext context)
    {
        PhaseSettings phases = context.Settings.Phases;
        int lanes = context.Settings.Lanes;
        if (lanes % phases.LanesPerStimulus != 0)
        {
            context.Error(
                "phases.lanesPerStimulus",
                $"{lanes} lanes cannot be divided into groups of {phases.LanesPerStimulus} with one stimulus each; expected a divisor of lanes");
        }

        if (phases.Order == PhaseOrder.Antithetic)
            Antithetic(context, phases, lanes);
        else if (phases.Order == PhaseOrder.ByLane)
            ByLane(context, lanes);
    }

    private static void Antithetic(CheckContext context, PhaseSettings phases, int lanes)
    {
        if (lanes % 2 != 0)
            context.Error("lanes", $"{lanes}, but antithetic polarities go by pairs of lanes; expected an even number");
        if (phases.B != 0.5)
        {
            context.Error(
                "phases.b",
                $"{(double)phases.B}, but of two lanes of opposite polarity each is positive half of the time; expected 0.5");
        }
    }

    private static void ByLane(CheckContext context, int lanes)
    {
        if (lanes < 2)
            context.Error("lanes", $"{lanes}, but some lanes are positive and others negative for ever; expected at least 2");
        if (context.Rule.ComparesPhases)
        {
            context.Error(
                "phases.order",
                $"a lane keeps its polarity for ever, and {context.Rule.Name} compares phases of one lane; expected another order, or the rule isd");
        }
    }
}
