namespace Nudge.Reproductions.Results;

/// <summary>What the runs of one arm gave. Numbers that too few runs cannot give are null.</summary>
/// <param name="Name">Name of the arm.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Overrides">Settings in place of the experiment's.</param>
/// <param name="Runs">Runs that ended well.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Mean">Mean of the measure.</param>
/// <param name="Low">Lower end of the mean's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="StandardDeviation">Standard deviation.</param>
/// <param name="Median">Median.</param>
/// <param name="Values">The values themselves, by ascending seed.</param>
/// <param name="Reference">What it is compared with, or null.</param>
public sealed record ArmSummary(
    string Name,
    string Experiment,
    IReadOnlyList<string> Overrides,
    int Runs,
    int Failed,
    double? Mean,
    double? Low,
    double? High,
    double? StandardDeviation,
    double? Median,
    IReadOnlyList<double> Values,
    ReferenceSummary? Reference);

/// <summary>Reference values of an arm.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Low">Lower end of the mean's 95 % interval, or null.</param>
/// <param name="High">Upper end.</param>
/// <param name="Values">The values.</param>
/// <param name="Source">Where they are from.</param>
public sealed record ReferenceSummary(
    double Mean, double? Low, double? High, IReadOnlyList<double> Values, string Source);

/// <summary>A statement and what became of it.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Judgement">holds, does not hold or undecided; of shortened runs <see cref="NotJudged"/>.</param>
/// <param name="Numbers">Why.</param>
public sealed record VerdictSummary(string Statement, string Judgement, string Numbers)
{
    /// <summary>In the place of a judgement in the quick form.</summary>
    public const string NotJudged = "not judged (quick)";
}
