namespace Nudge.Running;

/// <summary>Names of the numbers that a run ends with, as results.csv has them.</summary>
public static class MetricNames
{
    /// <summary>Share of correct answers on the held-out set.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The same by synchronous relaxation of the same weights.</summary>
    public const string AccuracySynchronous = "accuracySynchronous";

    /// <summary>cos(W, Wᵀ) of the two weight copies, mean over the bidirectional projections.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>Messages lost by loss laws.</summary>
    public const string Lost = "lost";

    /// <summary>Events of virtual time.</summary>
    public const string Events = "events";
}
