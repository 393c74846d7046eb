using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Reports;
using Nudge.Running;
using Nudge.Sweeps;
using Nudge.Topology;

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
        CheckData(experiment);
        CheckInit(experiment);
        SweepPlan? sweep = SweepOf(file ?? ExperimentFile.Default, overrides);
        if (explain)
            Console.Out.Write(SettingsWriter.ToYaml(experiment.Settings, explained: true));
        else
            Console.Out.WriteLine($"{VisibleText.Of(experiment.Source)}: valid{(experiment.Warnings.Count == 0 ? "" : ", with warnings")}");
        if (sweep is not null && !explain)
            Console.Out.WriteLine($"sweep: {sweep.Points.Count} points × {sweep.Definition.Seeds} seeds, all valid");
        return ExitCode.Done;
    }

    // The headers of files alone: their examples are read by a run.
    private static void CheckData(LoadedExperiment experiment)
    {
        ExperimentSettings settings = DataFolder.None.Apply(experiment.Settings);
        if (settings.Data.Set.InputsInFile(settings.Data) is not var (inputs, path))
            return;
        Problem[] misfits =
        [
            .. settings.Populations.Where(one => one.Value.Role == PopulationRole.Input && one.Value.Size != inputs).Select(one => new Problem(
                experiment.PlaceOf($"populations.{one.Key}.size"),
                $"populations.{one.Key}.size",
                $"{one.Value.Size} units; expected {inputs}, the values of an example of {path}")),
        ];
        if (misfits.Length > 0)
            throw new ExperimentException(misfits);
    }

    private static void CheckInit(LoadedExperiment experiment)
    {
        if (experiment.Settings.Init is not { } init)
            return;
        ExperimentSettings settings = experiment.Settings;
        IReadOnlyList<string> problems = InitialWeightsFile.Apply(init, NetworkCompiler.Compile(settings.ToNetwork(), settings.Rounds)).Problems;
        if (problems.Count > 0)
        {
            throw new ExperimentException(
                [.. problems.Select(problem => new Problem(experiment.PlaceOf(PreparedRun.InitFile), PreparedRun.InitFile, problem))]);
        }
    }

    private static SweepPlan? SweepOf(string file, IReadOnlyList<string> overrides)
    {
        var definition = SweepDefinition.Of(new() { File = file, Set = overrides });
        return definition.Vary.Count + definition.Variants.Count > 0 ? SweepPlan.Make(definition, yes: true) : null;
    }
}
