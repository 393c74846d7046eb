namespace Nudge.Experiments;

/// <summary>Makes a run end with all lanes at once.</summary>
internal static class Rounding
{
    /// <summary>Presentations rounded up to a multiple of the lanes.</summary>
    internal static ExperimentSettings WholeLanes(ExperimentSettings settings) => settings with
    {
        Run = settings.Run with { Presentations = settings.Rounds * settings.Lanes },
    };

    /// <summary>Stimuli that one lane sees, so that together they see no fewer than asked for.</summary>
    internal static long Rounds(long presentations, int lanes) => (presentations + lanes - 1) / lanes;
}
