using System.CommandLine;
using System.Globalization;
using Nudge.Baselines;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Reports;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge baseline</c>: what backpropagation reaches on the network of an experiment.</summary>
internal static class BaselineCommand
{
    private static readonly double[] UsualRates = [0.003, 0.01, 0.03, 0.1];

    internal static Command Create()
    {
        var file = new Argument<string>("experiment")
        {
            HelpName = "experiment",
            Description = "A YAML file or the name of an embedded experiment.",
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        var rates = new Option<double[]>("--rates")
        {
            Description = "Learning rates to try, separated by commas. Default: "
                + $"{string.Join(",", UsualRates.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))}.",
            CustomParser = result => Numbers(result.Tokens[^1].Value, result.AddError),
        };
        Option<int?> seeds = ReproduceCommand.Count("--seeds", "Runs at every rate, with the seeds 1 to N. Default: 3.");
        Option<string[]> set = CommandLine.SetOption();
        Option<string[]> plugin = PluginOption.Create();
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print every run as one JSON object." };
        var command = new Command(
            "baseline",
            "Train the populations of an experiment by backpropagation: the same first weights, the same stimuli in the same\n"
            + "order and as many of them, but as a feed-forward network without links, clocks or phases. Hidden units are clipped\n"
            + "to [0, 1], the output is a softmax with cross-entropy, and the rate falls to 0 linearly.\n\n"
            + "  nudge baseline digits --rates 0.01,0.03,0.1 --seeds 10")
        {
            file, rates, seeds, set, plugin, data, json,
        };
        command.SetAction((parsed, cancellation) => Abandonable.RunAsync(
            () => Execute(
                ExperimentFile.Load(parsed.GetValue(file)!, [.. PluginOption.Assignments(parsed.GetValue(plugin)), .. parsed.GetValue(set) ?? []], null),
                DataCommand.Folder(parsed.GetValue(data)),
                parsed.GetValue(rates) is { Length: > 0 } own ? own : UsualRates,
                parsed.GetValue(seeds) ?? 3,
                parsed.GetValue(json),
                cancellation),
            cancellation));
        return command;
    }

    private static int Execute(
        LoadedExperiment experiment, DataFolder folder, double[] rates, int seeds, bool json, CancellationToken cancellation)
    {
        var stimuli = new SharedStimuli(folder);
        // What does not fit must be known before any run.
        Prepare(experiment, stimuli, 1);
        (double Rate, int Seed)[] runs = [.. rates.SelectMany(rate => Enumerable.Range(1, seeds).Select(seed => (rate, seed)))];
        var made = new BaselineRun[runs.Length];
        Parallel.For(0, runs.Length, new() { CancellationToken = cancellation }, i =>
        {
            (double rate, int seed) = runs[i];
            (Backpropagation network, StimulusSets examples) = Prepare(experiment, stimuli, (ulong)seed);
            network.Train(
                examples.Train, experiment.Settings.Run.Presentations, rate, experiment.Settings.Run.ClassBlock, cancellation);
            made[i] = new(rate, (ulong)seed, network.Accuracy(examples.Test));
        });
        if (json)
            Console.Out.WriteLine(BaselineTable.Json(experiment.Settings, made));
        else
            BaselineTable.Print(Console.Out, !Console.IsOutputRedirected, experiment.Settings, made);
        return ExitCode.Done;
    }

    private static (Backpropagation Network, StimulusSets Examples) Prepare(
        LoadedExperiment experiment, SharedStimuli stimuli, ulong seed)
    {
        ExperimentSettings settings = experiment.Settings with { Seed = seed };
        StimulusSets examples = stimuli.For(settings);
        if (examples.Train.HasTargets)
        {
            throw new ExperimentException(
                [new(experiment.PlaceOf("data"), "data", "the baseline learns classes by the cross-entropy; found target values, expected labels")]);
        }

        try
        {
            return (new(PreparedRun.Prepare(settings, examples).Network), examples);
        }
        catch (ArgumentException error)
        {
            throw new ExperimentException([new(experiment.PlaceOf("projections"), "projections", error.Message)]);
        }
    }

    private static double[] Numbers(string text, Action<string> refuse)
    {
        var numbers = new List<double>();
        foreach (string part in text.Split(','))
        {
            if (double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and < 1e6)
                numbers.Add(rate);
            else
                refuse($"--rates: found {part}; expected numbers above 0, separated by commas");
        }

        return [.. numbers.Distinct()];
    }
}
