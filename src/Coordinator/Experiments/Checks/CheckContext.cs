using Nudge.Experiments.Binding;

namespace Nudge.Experiments.Checks;

/// <summary>Settings under check, with the places of all of them.</summary>
internal sealed record CheckContext(ExperimentSettings Settings, PlaceMap Places, Findings Findings)
{
    internal void Error(string path, string message) => Findings.Error(Places.Of(path), path, message);

    internal void Warn(string path, string message) => Findings.Warn(Places.Of(path), path, message);

    /// <summary>Whether somebody wrote this setting, and it is not a default.</summary>
    internal bool IsWritten(string path) => Places.Has(path);
}
