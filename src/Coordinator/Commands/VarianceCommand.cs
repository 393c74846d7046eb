using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge variance</c>: measures the variance of the updates as a function of b, against theory.</summary>
internal static class VarianceCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    internal static Command Create()
    {
        var file = new Argument<string>("experiment")
        {
            HelpName = "experiment",
            Description = "A YAML file or the name of an embedded experiment.",
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        Option<double[]> bs = BsOption();
        var phases = new Option<int>("--phases")
        {
            Description = "Phases measured for each b; a lane counts as a phase of its own.",
            DefaultValueFactory = _ => 4000,
            CustomParser = result => Number.Of(result, "--phases", 100),
        };
        var after = new Option<long>("--after")
        {
            Description = "Stimuli to train with before the weights are held still.",
            CustomParser = result => Number.Of(result, "--after", 0L),
        };
        Option<string[]> set = CommandLine.SetOption();
        Option<string[]> plugin = PluginOption.Create();
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print the results as one JSON object." };
        var output = new Option<string?>("--out")
        {
            Description = "The folder for results, which must not exist. "
                + "Default: runs/variance-NAME-N, the first that is free.",
        };
        var command = new Command(
            "variance",
            "Hold an experiment's weights still and measure how its updates vary with b, the probability of a\n"
            + "positive phase, against σ₊²/b + σ₋²/(1−b) − ‖∇‖². Writes variance.csv and a figure.\n\n"
            + "  nudge variance bars-and-stripes --set learning.rule=isd --after 2000")
        {
            file, bs, phases, after, set, plugin, data, json, output,
        };
        command.SetAction((parsed, cancellation) => Abandonable.RunAsync(
            () => Execute(
            new()
            {
                File = parsed.GetValue(file)!,
                Overrides = [.. PluginOption.Assignments(parsed.GetValue(plugin)), .. parsed.GetValue(set) ?? []],
                Bs = parsed.GetValue(bs) is { Length: > 0 } own ? [.. own.Distinct().Order()] : VarianceRun.UsualBs,
                Phases = parsed.GetValue(phases),
                After = parsed.GetValue(after),
                Data = DataCommand.Folder(parsed.GetValue(data)),
                Out = parsed.GetValue(output),
                Json = parsed.GetValue(json),
            },
            cancellation),
            cancellation));
        return command;
    }

    private static int Execute(VarianceRequest request, CancellationToken cancellation)
    {
        LoadedExperiment experiment = ExperimentFile.Load(request.File, request.Overrides, null);
        VarianceCheck.Run(experiment.Settings);
        IReadOnlyList<RunWarning> warnings = ExperimentWarnings.Print(experiment);
        VarianceStudy study = VarianceStudy.Make(experiment, request, cancellation);
        using RunDirectory directory = RunDirectory.Create($"variance-{experiment.Settings.Name}", request.Out);
        directory.WriteText(RunFiles.Experiment, SettingsWriter.ToYaml(study.Experiment, explained: false));
        directory.WriteText($"{VariancePlot.File}.csv", VarianceText.Csv(study.Curve));
        VariancePlot.Save(directory, study);
        if (request.Json)
            Console.Out.WriteLine(VarianceText.Json(study, warnings).ToJsonString(Indented));
        else
            VarianceText.Print(Console.Out, study, directory.Path);
        return ExitCode.Done;
    }

    private static Option<double[]> BsOption() => new("--b")
    {
        Description = "The values of b, apart by commas. Default: 0.1,0.2,…,0.9.",
        CustomParser = result =>
        {
            var bs = new List<double>();
            foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                bool isNumber = double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double b);
                if (isNumber && b is > 0 and < 1)
                    bs.Add(b);
                else
                    result.AddError($"--b: found {part}; expected numbers greater than 0 and less than 1");
            }

            return [.. bs];
        },
    };
}
