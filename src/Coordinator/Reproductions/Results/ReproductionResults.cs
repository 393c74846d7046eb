using Nudge.Recording;
using Nudge.Running;
using Nudge.Statistics;

namespace Nudge.Reproductions.Results;

/// <summary>A reproduction and what became of its runs.</summary>
/// <param name="Reproduction">The reproduction.</param>
/// <param name="Outcomes">An outcome for each run, in the order of the runs.</param>
/// <param name="References">Reference values by arm.</param>
public sealed record ReproductionResults(
    Reproduction Reproduction,
    IReadOnlyList<JobOutcome> Outcomes,
    IReadOnlyDictionary<string, ReferenceValues> References)
{
    /// <summary>The values of the arms.</summary>
    public Evidence Evidence { get; } = new(Reproduction, Outcomes, References);

    /// <summary>Whether some runs neither ended nor failed.</summary>
    public bool Interrupted => Outcomes.Any(outcome => outcome is { Result: null, Failure: null });

    /// <summary>Whether some runs failed.</summary>
    public bool Failed => Outcomes.Any(outcome => outcome.Failure is not null);

    /// <summary>Sums it up.</summary>
    /// <param name="quick">Whether the runs were those of the quick form.</param>
    /// <param name="workers">Runs at a time.</param>
    /// <param name="directory">The folder that is written to.</param>
    public ReproductionSummary Summarise(bool quick, int workers, string directory) => new()
    {
        Name = Reproduction.Name,
        Title = Reproduction.Title,
        Claim = Reproduction.Claim,
        Quick = quick,
        Seeds = Outcomes.Count / Math.Max(1, Reproduction.Arms.Count),
        Metric = Reproduction.Measure.Metric,
        LowerIsBetter = Reproduction.Measure.LowerIsBetter,
        Arms = [.. Reproduction.Arms.Select(arm => Summarise(arm, quick))],
        Verdicts = [.. Reproduction.Verdicts.Select(verdict => Judge(verdict, quick))],
        Failures =
        [
            .. Outcomes.Where(outcome => outcome.Failure is not null)
                .Select(outcome => $"{outcome.Job.Arm}, seed {outcome.Job.Seed}: {outcome.Failure}"),
        ],
        Warnings =
        [
            .. Outcomes.SelectMany(outcome => outcome.Warnings.Select(warning => $"{outcome.Job.Arm}: {warning.Text}")).Distinct(),
        ],
        Interrupted = Interrupted,
        Version = typeof(ReproductionResults).Assembly.GetName().Version?.ToString(3) ?? "",
        InstructionSet = InstructionSet.Describe(),
        Workers = workers,
        RunSeconds = Math.Round(Outcomes.Sum(outcome => outcome.Result?.WallSeconds ?? 0), 3),
        OutputDirectory = directory,
    };

    private ArmSummary Summarise(Arm arm, bool quick)
    {
        double[] values = [.. Evidence.Of(arm.Name)];
        Interval mean = Reproduction.Measure.MeanOf(values);
        return new(
            arm.Name,
            arm.Experiment,
            arm.Assignments(quick),
            Outcomes.Count(outcome => outcome.Job.Arm == arm.Name && outcome.Result is not null),
            Outcomes.Count(outcome => outcome.Job.Arm == arm.Name && outcome.Failure is not null),
            Known(mean.Centre),
            Known(mean.Low),
            Known(mean.High),
            Known(Sample.StandardDeviation(values)),
            Known(Sample.Median(values)),
            values,
            Summarise(Evidence.ReferenceOf(arm.Name)));
    }

    private ReferenceSummary? Summarise(ReferenceValues reference)
    {
        Interval mean = Reproduction.Measure.MeanOf(reference.Values);
        return reference.Values.Count == 0
            ? null
            : new(mean.Centre, Known(mean.Low), Known(mean.High), reference.Values, reference.Source);
    }

    // Claims and reference values are of full runs: shortened ones differ from them for a reason that says nothing of the claim.
    private VerdictSummary Judge(Verdict verdict, bool quick)
    {
        Finding finding = verdict.Judge(Evidence);
        return new(verdict.Statement, quick ? VerdictSummary.NotJudged : finding.Word, finding.Numbers);
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
