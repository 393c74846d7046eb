using Nudge.Phases;

namespace Nudge.Experiments.Checks;

/// <summary>Whether phases can have their length.</summary>
internal static class PhaseCheck
{
    internal static void Run(CheckContext context) =>
        Length(context, context.Settings.Phases.Length, context.Settings.Time.Step);

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

        // The fixed law does not use a floor: the default must not prevent short phases.
        if (length.Law == PhaseLengthLaw.Fixed && excess < 0 && length.Floor != new PhaseLengthSettings().Floor)
            context.Error("phases.length.floor", $"{length.Floor} is above the mean; expected at most {length.Mean}");
    }
}
