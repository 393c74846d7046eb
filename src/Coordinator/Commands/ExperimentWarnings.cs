using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary>Warnings of commands that measure an experiment and show no progress.</summary>
internal static class ExperimentWarnings
{
    /// <summary>Prints warnings on standard error and gives those of an experiment, and more, for the results.</summary>
    internal static IReadOnlyList<RunWarning> Print(LoadedExperiment experiment, params IReadOnlyList<RunWarning> more)
    {
        var warnings = new RunWarnings(warning => Message.Write($"{warning}"));
        warnings.AddAll([.. SettingsWarnings.Of(experiment), .. more]);
        return warnings.All;
    }
}
