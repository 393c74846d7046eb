using System.CommandLine;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Nudge.Truth;

namespace Nudge.Commands;

/// <summary><c>nudge truth</c>: takes a reading of the truth meter at the weights of a run, or at those it begins with.</summary>
internal static class TruthCommand
{
    private const int UsualPhases = 20_000;

    internal static Command Create()
    {
        var what = new Argument<string>("run")
        {
            Description = "A run directory, measured at its last weights; or an experiment, measured at its first ones.",
        };
        var phases = new Option<long>("--phases")
        {
            Description = "Phases to observe; errors fall with their square root.",
            DefaultValueFactory = _ => UsualPhases,
            CustomParser = result => Number.Of<long>(result, "--phases", UpdateProbe.Blocks),
        };
        var examples = new Option<int>("--examples")
        {
            Description = "Training examples to use, at most.",
            DefaultValueFactory = _ => TruthLog.UsualExamples,
            CustomParser = result => Number.Of(result, "--examples", 1),
        };
        Option<string[]> set = CommandLine.SetOption();
        Option<string[]> plugin = PluginOption.Create();
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print the reading as one JSON object." };
        var command = new Command(
            "truth",
            "Compare what the synapses of a small network learn on average, under its delays and losses, with the exact "
            + "gradient.\n\n  nudge truth runs/xor-1 --set links.activity.loss.rate=0.3")
        {
            what, phases, examples, set, plugin, data, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            (TruthReading reading, IReadOnlyList<RunWarning> warnings) = await Abandonable.RunAsync(
                () => Read(
                    parsed.GetValue(what)!,
                    [.. PluginOption.Assignments(parsed.GetValue(plugin)), .. parsed.GetValue(set) ?? []],
                    DataCommand.Folder(parsed.GetValue(data)),
                    parsed.GetValue(phases),
                    parsed.GetValue(examples)),
                cancellation);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(TruthJson.Of(reading, warnings));
            else
                TruthTable.Print(Console.Out, !Console.IsOutputRedirected, reading);
            return ExitCode.Done;
        });
        return command;
    }

    private static (TruthReading Reading, IReadOnlyList<RunWarning> Warnings) Read(
        string what, IReadOnlyList<string> overrides, DataFolder data, long phases, int examples)
    {
        bool isRun = Directory.Exists(what);
        string file = isRun ? Path.Combine(what, RunFiles.Experiment) : what;
        LoadedExperiment experiment = ExperimentFile.Load(file, overrides, null);
        // The weights of a run take the place of those that it began with.
        if (isRun)
            experiment = experiment with { Settings = experiment.Settings with { Init = null } };
        PreparedRun run = PreparedRun.Load(experiment, data);
        NetworkPlan network = run.Network;
        IReadOnlyList<RunWarning> warnings = ExperimentWarnings.Print(experiment, TruthLog.NoteOf(run));
        NetworkWeights weights = isRun
            ? WeightsFile.Read(Path.Combine(what, RunFiles.Weights), network)
            : FirstWeights.Of(network);
        return (TruthMeter.Read(network, weights, new ExampleSubset(run.Data.Train, examples), phases), warnings);
    }
}
