using Nudge.Measurements;

namespace Nudge.Reproductions.Results;

/// <summary>The arms of a summary as cells of text, the same on the screen and in table.md.</summary>
internal static class TableRows
{
    private const string Nothing = "–";

    internal static IReadOnlyList<string> Header(ReproductionSummary summary, Measure measure) => HasReference(summary)
        ? ["arm", "n", $"mean {measure.Name}", "95 % interval", "median", measure.Predicted is null ? "reference" : "predicted"]
        : ["arm", "n", $"mean {measure.Name}", "95 % interval", "median"];

    internal static IEnumerable<IReadOnlyList<string>> Of(ReproductionSummary summary, Measure measure)
    {
        foreach (ArmSummary arm in summary.Arms)
        {
            string runs = arm.Failed > 0 ? $"{arm.Runs} ({arm.Failed} failed)" : $"{arm.Runs}";
            string[] cells =
                [arm.Name, runs, Text(arm.Mean, measure), Ends(arm.Low, arm.High, measure), Text(arm.Median, measure)];
            yield return HasReference(summary) ? [.. cells, Reference(arm.Reference, measure)] : cells;
        }
    }

    /// <summary>What a reader must know of the whole before the numbers.</summary>
    internal static IEnumerable<string> Cautions(ReproductionSummary summary)
    {
        if (summary.Quick)
        {
            yield return "Quick form: it checks that everything runs. Shortened runs are not judged, and their numbers cannot be "
                + "compared with those of full ones.";
        }

        if (summary.Interrupted)
            yield return "Interrupted: not all runs were made.";
        foreach (string failure in summary.Failures)
            yield return $"Failed: {failure}";
        foreach (string warning in summary.Warnings)
            yield return $"Warning: {warning}";
    }

    internal static IEnumerable<string> Sources(ReproductionSummary summary) => summary.Arms
        .Where(arm => arm.Reference is { Source.Length: > 0 })
        .Select(arm => $"Reference of {arm.Name}: {arm.Reference!.Source}.");

    private static bool HasReference(ReproductionSummary summary) =>
        summary.Arms.Any(arm => arm.Reference is not null);

    private static string Text(double? value, Measure measure) =>
        value is double known ? measure.Text(known) : Nothing;

    private static string Ends(double? low, double? high, Measure measure) => low is double from && high is double to
        ? $"{measure.Digits(from)} to {measure.Text(to)}"
        : Nothing;

    private static string Reference(ReferenceSummary? reference, Measure measure)
    {
        if (reference is null)
            return Nothing;
        string count = reference.Values.Count > 1 && measure.Predicted is null ? $" (n = {reference.Values.Count})" : "";
        return $"{measure.Text(reference.Mean)}{count}";
    }
}
