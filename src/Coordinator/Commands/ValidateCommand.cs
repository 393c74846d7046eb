using Nudge.Experiments;
using Nudge.Reports;
using Nudge.Sweeps;

namespace Nudge.Commands;

/// <summary><c>nudge validate</c>: checks an experiment and shows it in full.</summary>
internal static class ValidateCommand
{
    internal static int Execute(string? file, IReadOnlyList<string> set, string[] plugins, bool explain, bool schema)
    {
        string[] overrides = [.. PluginOption.Assignments(plugins), .. set];
        if (schema)
        {
            Console.Out.Write(SettingsSchema.ToJson(PluginOption.Catalogue(plugins)));
            return ExitCode.Done;
        }

        LoadedExperiment experiment = ExperimentFile.Load(file ?? ExperimentFile.Default, overrides, null);
        foreach (Problem warning in experiment.Warnings)
            Message.Write($"warning: {warning}");
        SweepPlan? sweep = SweepOf(file ?? ExperimentFile.Default, overrides);
        if (explain)
            Console.Out.Write(SettingsWriter.ToYaml(experiment.Settings, explained: true));
        else
            Console.Out.WriteLine($"{VisibleText.Of(experiment.Source)}: valid{(experiment.Warnings.Count == 0 ? "" : ", with warnings")}");
        if (sweep is not null && !explain)
            Console.Out.WriteLine($"sweep: {sweep.Points.Count} points × {sweep.Definition.Seeds} seeds, all valid");
        return ExitCode.Done;
    }

    private static SweepPlan? SweepOf(string file, IReadOnlyList<string> overrides)
    {
        var definition = SweepDefinition.Of(new() { File = file, Set = overrides });
        return definition.Vary.Count + definition.Variants.Count > 0 ? SweepPlan.Make(definition, yes: true) : null;
    }
}
