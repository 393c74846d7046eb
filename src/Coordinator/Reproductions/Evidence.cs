using Nudge.Measurements;
using Nudge.Running;

namespace Nudge.Reproductions;

/// <summary>The values of all arms, and those that they are to be compared with.</summary>
public sealed class Evidence
{
    private readonly Dictionary<string, double[]> _values;
    private readonly Dictionary<string, ReferenceValues> _references;

    /// <summary>Collects the values of a reproduction.</summary>
    /// <param name="reproduction">The reproduction.</param>
    /// <param name="outcomes">What became of its runs; those without the measure count for nothing.</param>
    /// <param name="references">Reference values by arm.</param>
    public Evidence(
        Reproduction reproduction,
        IReadOnlyList<JobOutcome> outcomes,
        IReadOnlyDictionary<string, ReferenceValues> references)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        string metric = reproduction.Measure.Metric;
        _values = reproduction.Arms.ToDictionary(arm => arm.Name, arm => Values(outcomes, arm.Name, metric));
        _references = reproduction.Arms.ToDictionary(
            arm => arm.Name,
            arm => references.GetValueOrDefault(arm.Name) ?? Predicted(reproduction.Measure, outcomes, arm.Name));
        foreach (string arm in reproduction.LeftOut)
            (_values[arm], _references[arm]) = ([], ReferenceValues.None);
    }

    /// <summary>One value for each finished run of an arm, in the order of the seeds; none of an arm that was left out.</summary>
    /// <exception cref="KeyNotFoundException">There is no such arm.</exception>
    public IReadOnlyList<double> Of(string arm) => _values[arm];

    /// <summary>What others measured in the place of an arm.</summary>
    /// <exception cref="KeyNotFoundException">There is no such arm.</exception>
    public ReferenceValues ReferenceOf(string arm) => _references[arm];

    // Where theory gives a value for each run, it is what the arm is compared with.
    private static ReferenceValues Predicted(Measure measure, IReadOnlyList<JobOutcome> outcomes, string arm) =>
        measure.Predicted is { } metric ? new(Values(outcomes, arm, metric), "") : ReferenceValues.None;

    private static double[] Values(IReadOnlyList<JobOutcome> outcomes, string arm, string metric) =>
    [
        .. outcomes.Where(outcome => outcome.Job.Arm == arm && outcome.Result is not null)
            .Select(outcome => outcome.Result!.Metrics.GetValueOrDefault(metric, double.NaN))
            .Where(double.IsFinite),
    ];
}
