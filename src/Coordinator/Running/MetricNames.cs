namespace Nudge.Running;

/// <summary>Names of the numbers that a run ends with, as results.csv has them.</summary>
public static class MetricNames
{
    /// <summary>Share of correct answers on the held-out set.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The same by synchronous relaxation of the same weights.</summary>
    public const string AccuracySynchronous = "accuracySynchronous";

    /// <summary>The same by the exact p(y | x) of a Boltzmann machine's weights, those of the hidden units.</summary>
    public const string AccuracyPosterior = "accuracyPosterior";

    /// <summary>The same of the visible units' copy of the weights.</summary>
    public const string AccuracyPosteriorVisibleCopy = "accuracyPosteriorVisibleCopy";

    /// <summary>cos(W, Wᵀ) of the two weight copies, mean over the bidirectional projections.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>Held-out examples of the last evaluation that were answered by no class.</summary>
    public const string Undecided = "undecided";

    /// <summary>Mean squared distance of an output from its target value, on held-out examples.</summary>
    public const string MeanSquaredError = "meanSquaredError";

    /// <summary>Held-out examples of the last evaluation that did not reach the output in time.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>Share of the hidden units that are saturated.</summary>
    public const string Saturated = "saturated";

    /// <summary>Share of the hidden units that are dead.</summary>
    public const string Dead = "dead";

    /// <summary>The largest change of a population's weights since the last sample, relative to them.</summary>
    public const string UpdateNorm = "updateNorm";

    /// <summary>Share of correct answers by chance.</summary>
    public const string Chance = "chance";

    /// <summary>Share of steps made in a phase that the coordinator had left.</summary>
    public const string PhaseLag = "phaseLag";

    /// <summary>Mean age of the activity that was learned from, in τ.</summary>
    public const string Staleness = "staleness";

    /// <summary>Updates learned with positive importance.</summary>
    public const string LearnedPositive = "learnedPositive";

    /// <summary>Updates learned with negative importance.</summary>
    public const string LearnedNegative = "learnedNegative";

    /// <summary>Updates that the coherence gate held back.</summary>
    public const string Gated = "gated";

    /// <summary>1 where an evaluation reached <c>run.untilAccuracy</c>, 0 where none did.</summary>
    public const string Reached = "reached";

    /// <summary>Presentations made before the evaluation that reached <c>run.untilAccuracy</c>.</summary>
    public const string PresentationsToTarget = "presentationsToTarget";

    /// <summary>Messages sent in a run that ended since it had reached <c>run.untilAccuracy</c>.</summary>
    public const string MessagesToTarget = "messagesToTarget";

    /// <summary>Messages sent.</summary>
    public const string Sent = "sent";

    /// <summary>Messages delivered, duplicates among them.</summary>
    public const string Delivered = "delivered";

    /// <summary>Messages lost by loss laws.</summary>
    public const string Lost = "lost";

    /// <summary>Messages delivered that a newer one had overtaken.</summary>
    public const string Superseded = "superseded";

    /// <summary>Events of virtual time.</summary>
    public const string Events = "events";

    /// <summary>
    /// −Σ log p(v) over the training rows, in nats, of the Boltzmann machine that the hidden units' weights make, or of what a Helmholtz
    /// machine generates.
    /// </summary>
    public const string NegativeLogLikelihood = "negativeLogLikelihood";

    /// <summary>The same of the machine that the visible units' copy of the weights makes.</summary>
    public const string NegativeLogLikelihoodVisibleCopy = "negativeLogLikelihoodVisibleCopy";

    /// <summary>The same of the machine that the mean of both copies makes.</summary>
    public const string NegativeLogLikelihoodMeanCopy = "negativeLogLikelihoodMeanCopy";

    /// <summary>
    /// Variational free energy of a Helmholtz machine over the training rows, in nats: its negative log-likelihood and how far its
    /// recognition is from the posterior.
    /// </summary>
    public const string FreeEnergy = "variationalFreeEnergy";

    /// <summary>Total variation distance between that machine and the training rows.</summary>
    public const string TotalVariation = "totalVariation";

    /// <summary>Standard error of the negative log-likelihood where it was sampled.</summary>
    public const string LikelihoodError = "negativeLogLikelihoodError";

    /// <summary>Updates under one polarity from activity that was sent under the other.</summary>
    public const string WrongSign = "wrongSign";

    /// <summary>How much of the variance's dependence on b theory explains: 1 − Σ(measured − predicted)² / Σ(measured − mean)².</summary>
    public const string VarianceFit = "varianceFit";

    /// <summary>The b of least variance, σ₊/(σ₊ + σ₋).</summary>
    public const string BestB = "bestB";

    /// <summary>Slope of the mean update against the exact gradient, with the weights held still: 1 without bias.</summary>
    public const string Slope = "slope";

    /// <summary>What theory gives for it.</summary>
    public const string SlopePredicted = "slopePredicted";

    /// <summary>
    /// 1 less the slope at the hidden units' copy of an RBM's weights: how far free phases are from the machine's own distribution.
    /// </summary>
    public const string PhaseBias = "phaseBias";

    /// <summary>What theory gives for it from the eigenvalues of the machine's Gibbs sampling.</summary>
    public const string PhaseBiasPredicted = "phaseBiasPredicted";

    /// <summary>The second eigenvalue of a sweep of Gibbs sampling.</summary>
    public const string Eigenvalue = "eigenvalue";

    private static readonly string[] Order =
    [
        Accuracy, AccuracySynchronous, AccuracyPosterior, AccuracyPosteriorVisibleCopy, Reached, PresentationsToTarget, MessagesToTarget, MeanSquaredError, Chance, Undecided, Unanswered,
        Saturated, Dead, UpdateNorm, NegativeLogLikelihood, LikelihoodError, NegativeLogLikelihoodVisibleCopy,
        NegativeLogLikelihoodMeanCopy, FreeEnergy, TotalVariation, Symmetry, PhaseLag, Staleness, LearnedPositive, LearnedNegative, Gated,
        WrongSign, Sent, Delivered, Lost, Superseded, Events, VarianceFit, BestB,
        Slope, SlopePredicted, PhaseBias, PhaseBiasPredicted, Eigenvalue,
    ];

    /// <summary>Names in the order of tables, each once; those that are not known here come last.</summary>
    public static IReadOnlyList<string> InOrder(IEnumerable<string> names) =>
    [
        .. names.Distinct(StringComparer.Ordinal)
            .OrderBy(name => (uint)Array.IndexOf(Order, name))
            .ThenBy(name => name, StringComparer.Ordinal),
    ];
}
