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

    /// <summary>−Σ log p(v) over the training rows, in nats, of the machine that the hidden units' weights make.</summary>
    public const string NegativeLogLikelihood = "negativeLogLikelihood";

    /// <summary>The same of the machine that the visible units' copy of the weights makes.</summary>
    public const string NegativeLogLikelihoodVisibleCopy = "negativeLogLikelihoodVisibleCopy";

    /// <summary>The same of the machine that the mean of both copies makes.</summary>
    public const string NegativeLogLikelihoodMeanCopy = "negativeLogLikelihoodMeanCopy";

    /// <summary>Total variation distance between the machine of the hidden units' weights and the training rows.</summary>
    public const string TotalVariation = "totalVariation";

    /// <summary>Standard error of the negative log-likelihood where it was sampled.</summary>
    public const string LikelihoodError = "negativeLogLikelihoodError";

    /// <summary>Updates under one polarity from activity that was sent under the other.</summary>
    public const string WrongSign = "wrongSign";

    /// <summary>How much of the variance's dependence on b theory explains: 1 − Σ(measured − predicted)² / Σ(measured − mean)².</summary>
    public const string VarianceFit = "varianceFit";

    /// <summary>The b of least variance, σ₊/(σ₊ + σ₋).</summary>
    public const string BestB = "bestB";
}
