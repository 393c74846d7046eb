using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>
/// The warnings of one run: each is shown at once, also where a run is quiet, and kept for run.json, <c>--json</c> and
/// rows of sweeps; checkpoints hold them. To raise one during a run:
/// <code>
/// warnings.Add(new("saturation", "populations.hidden", "81 % of the units …") { Presentations = state.Presentations });
/// </code>
/// It is enough to raise it whenever it is so: of those raised during a run, only the first of a topic and path counts.
/// </summary>
/// <param name="show">Shows a warning to people; null shows none.</param>
public sealed class RunWarnings(Action<RunWarning>? show = null)
{
    private readonly List<RunWarning> _all = [];

    /// <summary>All warnings, in the order in which they were raised.</summary>
    public IReadOnlyList<RunWarning> All => _all;

    /// <summary>Adds a warning and shows it, unless there is one that says the same.</summary>
    public void Add(RunWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        if (_all.Exists(warning.Repeats))
            return;
        _all.Add(warning);
        show?.Invoke(warning);
    }

    /// <summary>Adds several warnings.</summary>
    public void AddAll(IEnumerable<RunWarning> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        foreach (RunWarning warning in warnings)
            Add(warning);
    }
}

/// <summary>Turns what is known of an experiment before it runs into warnings of its run.</summary>
public static class SettingsWarnings
{
    /// <summary>The warnings that loading an experiment raised.</summary>
    public static IReadOnlyList<RunWarning> Of(LoadedExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Of(experiment.Warnings);
    }

    /// <summary>Problems that are no errors, as warnings.</summary>
    public static IReadOnlyList<RunWarning> Of(IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return
        [
            .. problems.Select(problem => new RunWarning(WarningTopics.Settings, problem.Path, problem.Message)
            {
                Place = problem.Place,
            }),
        ];
    }
}

/// <summary>Turns what is known of examples before a run into warnings of it.</summary>
internal static class DataWarnings
{
    internal static IReadOnlyList<RunWarning> Of(StimulusSets data) =>
        [.. data.Warnings.Select(message => new RunWarning(WarningTopics.Data, "data.set", message))];
}
