using Nudge.Experiments;

namespace Nudge.Commands;

/// <summary><c>nudge validate</c>: checks an experiment and shows it in full.</summary>
internal static class ValidateCommand
{
    internal static int Execute(string? file, IReadOnlyList<string> overrides, bool explain, bool schema)
    {
        if (schema)
        {
            Console.Out.Write(SettingsSchema.ToJson());
            return ExitCode.Done;
        }

        LoadedExperiment experiment = ExperimentFile.Load(file ?? ExperimentFile.Default, overrides, null);
        foreach (Problem warning in experiment.Warnings)
            Console.Error.WriteLine($"warning: {warning}");
        if (explain)
            Console.Out.Write(SettingsWriter.ToYaml(experiment.Settings, explained: true));
        else
            Console.Out.WriteLine($"{experiment.Source}: valid{(experiment.Warnings.Count == 0 ? "" : ", with warnings")}");
        return ExitCode.Done;
    }
}
