using Nudge.Experiments.Binding;

namespace Nudge.Experiments;

/// <summary>An experiment, ready to run.</summary>
/// <param name="Settings">The settings, overrides applied and defaults filled in.</param>
/// <param name="Warnings">What is allowed and probably not meant.</param>
/// <param name="Text">The file as it was read, without overrides.</param>
/// <param name="Source">The file as the user named it, or the name of the one built in.</param>
public sealed record LoadedExperiment(
    ExperimentSettings Settings, IReadOnlyList<Problem> Warnings, string Text, string Source)
{
    /// <summary>Where each setting stands; null where it is not known.</summary>
    internal PlaceMap? Places { get; init; }

    /// <summary>Where a setting stands: FILE:LINE:COLUMN, or the option that brought it.</summary>
    internal string PlaceOf(string path) => Places?.Of(path).ToString() ?? Source;
}
