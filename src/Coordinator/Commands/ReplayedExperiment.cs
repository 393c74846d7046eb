using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Commands;

/// <summary>The experiment of a run, with all that was changed while it ran as part of the experiment.</summary>
internal static class ReplayedExperiment
{
    /// <summary>Loads it from the run's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="overrides">Assignments <c>path=value</c>.</param>
    /// <exception cref="OutputException">It is no folder of a run.</exception>
    internal static LoadedExperiment Load(string folder, IReadOnlyList<string> overrides)
    {
        string file = Path.Combine(folder, RunFiles.Experiment);
        if (!File.Exists(file))
            throw new OutputException($"--replay {folder}: there is no {RunFiles.Experiment}, so it is no folder of a run");
        LoadedExperiment experiment = ExperimentFile.Load(file, overrides, null);
        string interventions = Path.Combine(folder, RunFiles.Interventions);
        return File.Exists(interventions)
            ? experiment with { Settings = experiment.Settings with { Interventions = InterventionsFile.Read(interventions) } }
            : experiment;
    }
}
