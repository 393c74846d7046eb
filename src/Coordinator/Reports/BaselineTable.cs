using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Statistics;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>One network that was trained by backpropagation.</summary>
/// <param name="Rate">Its first learning rate.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Accuracy">Share of correct answers on the held-out set.</param>
internal sealed record BaselineRun(double Rate, ulong Seed, double Accuracy);

/// <summary>What <c>nudge baseline --json</c> prints.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Presentations">Stimuli of each run.</param>
/// <param name="Runs">The runs, by rate and seed.</param>
internal sealed record BaselineResult(string Experiment, long Presentations, IReadOnlyList<BaselineRun> Runs);

/// <summary>Accuracies by backpropagation as a table, for people, or as JSON.</summary>
internal static class BaselineTable
{
    internal static void Print(TextWriter output, bool isTerminal, ExperimentSettings settings, IReadOnlyList<BaselineRun> runs)
    {
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        var table = new Table { Border = TableBorder.Simple };
        foreach (string name in new[] { "rate", "n", "mean accuracy", "95 % interval" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (IGrouping<double, BaselineRun> rate in runs.GroupBy(run => run.Rate))
        {
            Interval mean = Measure.Accuracy.MeanOf([.. rate.Select(run => run.Accuracy)]);
            table.AddRow(
                rate.Key.ToString(CultureInfo.InvariantCulture),
                $"{rate.Count()}",
                ProgressText.Percent(mean.Centre),
                mean.IsKnown ? $"{ProgressText.Percent(mean.Low)} to {ProgressText.Percent(mean.High)}" : "–");
        }

        console.Write(table);
        console.WriteLine($"{settings.Name}: backpropagation, {ProgressText.Count(settings.Run.Presentations)} stimuli a run. "
            + "The best of several rates is chosen after the fact, which favours it a little.");
    }

    internal static string Json(ExperimentSettings settings, IReadOnlyList<BaselineRun> runs) =>
        JsonSerializer.Serialize(new BaselineResult(settings.Name, settings.Run.Presentations, runs), BaselineJson.Written.BaselineResult);
}

/// <summary>How the runs become JSON.</summary>
[JsonSerializable(typeof(BaselineResult))]
internal sealed partial class BaselineJson : JsonSerializerContext
{
    internal static BaselineJson Written { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    });
}
