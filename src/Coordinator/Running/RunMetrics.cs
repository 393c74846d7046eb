using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Relaxation;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>Reads off a finished run what it is judged by. A model's own numbers are added here.</summary>
internal static class RunMetrics
{
    /// <summary>The numbers of a run that has ended, or those of one that was interrupted that take no time.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    internal static async Task<IReadOnlyDictionary<string, double>> OfAsync(
        PreparedRun run, IEngineRun engine, CancellationToken cancellation, bool finished = true)
    {
        NetworkWeights? weights = run.Settings.Run.Weights ? await engine.WeightsAsync() : null;
        RunState state = engine.State;
        var metrics = new Dictionary<string, double>();
        if (state.Evaluations.Count > 0)
        {
            metrics[MetricNames.Accuracy] = state.Evaluations[^1].Accuracy;
            metrics[MetricNames.Undecided] = state.Evaluations[^1].Undecided;
            metrics[MetricNames.Unanswered] = state.Evaluations[^1].Unanswered;
            if (state.Evaluations[^1].MeanSquaredError is double squared)
                metrics[MetricNames.MeanSquaredError] = squared;
            if (!run.Data.Train.HasTargets)
                metrics[MetricNames.Chance] = 1.0 / run.Data.Train.Classes;
            if (weights is not null && run.Relaxes && finished)
            {
                metrics[MetricNames.AccuracySynchronous] = await Abandonable.RunAsync(
                    () => SynchronousRelaxation.Accuracy(
                        run.Network, weights, run.Data.Test, run.Data.Test.Count, run.Settings.Run.Tolerance),
                    cancellation);
            }
        }

        if (weights is not null && finished && PosteriorReading.CanRead(run.Network))
        {
            foreach ((string name, double value) in await Abandonable.RunAsync(() => PosteriorReading.Of(run, weights), cancellation))
                metrics[name] = value;
        }

        if (weights is not null && finished)
        {
            foreach ((string name, double value) in await Abandonable.RunAsync(() => LikelihoodReading.Of(run, weights), cancellation))
                metrics[name] = value;
        }

        if (weights is not null)
            AddSymmetry(metrics, run, weights);
        if (UnitsText.Share(engine.Units, one => one.Saturated) is double saturated)
            metrics[MetricNames.Saturated] = saturated;
        if (UnitsText.Share(engine.Units, one => one.Dead) is double dead)
            metrics[MetricNames.Dead] = dead;
        if (UnitsText.UpdateNorm(engine.Units) is double norm)
            metrics[MetricNames.UpdateNorm] = norm;
        AddMeasures(metrics, await engine.MeasuresAsync());
        AddLedger(metrics, LedgerSummary.Of(await engine.LedgerAsync()));
        AddTarget(metrics, run.Settings.Run.UntilAccuracy, state);
        metrics[MetricNames.Events] = state.Events;
        return metrics;
    }

    private static void AddSymmetry(Dictionary<string, double> metrics, PreparedRun run, NetworkWeights weights)
    {
        ProjectionPlan[] twoWay = [.. WeightSymmetry.Pairs(run.Network)];
        if (twoWay.Length > 0)
            metrics[MetricNames.Symmetry] = twoWay.Average(weights.Symmetry);
    }

    private static void AddMeasures(Dictionary<string, double> metrics, RunMeasures measures)
    {
        if (measures.PhaseLag is double lag)
            metrics[MetricNames.PhaseLag] = lag;
        if (measures.Staleness.Count > 0)
            metrics[MetricNames.Staleness] = measures.Staleness.Mean;
        LearningTally learned = measures.Learned.Values.Aggregate(default(LearningTally), LearningTally.Add);
        metrics[MetricNames.LearnedPositive] = learned.Positive;
        metrics[MetricNames.LearnedNegative] = learned.Negative;
        metrics[MetricNames.Gated] = learned.Gated;
        metrics[MetricNames.WrongSign] = learned.WrongSign;
    }

    private static void AddTarget(Dictionary<string, double> metrics, double? least, RunState state)
    {
        if (least is null || state.Evaluations.Count == 0)
            return;
        Evaluation? reached = state.Evaluations.FirstOrDefault(one => one.Accuracy >= least);
        metrics[MetricNames.Reached] = reached is null ? 0 : 1;
        if (reached is null)
            return;
        metrics[MetricNames.PresentationsToTarget] = reached.Presentations;
        metrics[MetricNames.MessagesToTarget] = metrics[MetricNames.Sent];
    }

    private static void AddLedger(Dictionary<string, double> metrics, LedgerSummary ledger)
    {
        metrics[MetricNames.Sent] = ledger.Sent;
        metrics[MetricNames.Delivered] = ledger.Delivered;
        metrics[MetricNames.Lost] = ledger.Lost;
        metrics[MetricNames.Superseded] = ledger.Superseded;
    }
}

/// <summary>cos(W, Wᵀ) between the two copies of each bidirectional projection (theory §5).</summary>
internal static class WeightSymmetry
{
    internal static bool IsAsked(NetworkPlan network) => Pairs(network).Any();

    /// <summary>The forward directions of projections that have two copies of weights.</summary>
    internal static IEnumerable<ProjectionPlan> Pairs(NetworkPlan network) =>
        network.Projections.Where(one => one.Reverse > one.Index && one.WeightCount > 0);

    internal static Dictionary<string, double> Of(NetworkPlan network, NetworkWeights weights) => Pairs(network)
        .ToDictionary(
            projection => projection.Name[..^".forward".Length],
            projection => Math.Round(weights.Symmetry(projection), 6));
}
