namespace Nudge.Recording;

/// <summary>Names of a run's scalars in TensorBoard, which groups them by what comes before the slash.</summary>
internal static class TensorBoardNames
{
    /// <summary>The scalar that every sample has.</summary>
    internal const string Sample = "schedule/b";

    /// <summary>How the scalars of each reading of the truth meter begin.</summary>
    internal const string Truth = "truth/";

    /// <summary>Scalars of a sample; those that are not known are left out.</summary>
    internal static IEnumerable<(string Name, double Value)> Of(MetricsRow row)
    {
        long learned = row.LearnedPositive + row.LearnedNegative;
        return Known(
            (Sample, row.B),
            ("accuracy/training", row.RunningAccuracy),
            ("accuracy/held-out", row.Accuracy),
            ("network/energy", row.Energy),
            ("network/symmetry", row.Symmetry),
            ("network/phase-lag", row.PhaseLag),
            ("updates/staleness", row.Staleness),
            ("updates/gated-share", learned + row.Gated > 0 ? (double)row.Gated / (learned + row.Gated) : null),
            ("updates/norm", row.UpdateNorm),
            ("units/saturated", row.Saturated),
            ("units/dead", row.Dead));
    }

    /// <summary>Scalars of a reading of the truth meter.</summary>
    internal static IEnumerable<(string Name, double Value)> Of(TruthRow reading) => Known(
        ($"{Truth}cosine", reading.Cosine),
        ($"{Truth}sign-agreement", reading.SignAgreement),
        ($"{Truth}bias", reading.Bias),
        ($"{Truth}slope", reading.Slope),
        ($"{Truth}variance", reading.Variance));

    private static IEnumerable<(string Name, double Value)> Known(params (string Name, double? Value)[] scalars) =>
        scalars.Where(one => one.Value is double value && double.IsFinite(value)).Select(one => (one.Name, one.Value!.Value));
}
