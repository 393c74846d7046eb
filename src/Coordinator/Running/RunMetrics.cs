using Nudge.Networks;
using Nudge.Populations;
using Nudge.Relaxation;

namespace Nudge.Running;

/// <summary>Reads off a finished run what it is judged by. A model's own numbers are added here.</summary>
internal static class RunMetrics
{
    internal static async Task<IReadOnlyDictionary<string, double>> OfAsync(PreparedRun run, IEngineRun engine)
    {
        NetworkWeights weights = await engine.WeightsAsync();
        RunState state = engine.State;
        var metrics = new Dictionary<string, double>();
        if (state.Evaluations.Count > 0)
        {
            metrics[MetricNames.Accuracy] = state.Evaluations[^1].Accuracy;
            if (run.Relaxes)
            {
                metrics[MetricNames.AccuracySynchronous] =
                    SynchronousRelaxation.Accuracy(run.Network, weights, run.Data.Test, run.Data.Test.Count);
            }
        }

        foreach ((string name, double value) in LikelihoodReading.Of(run, weights))
            metrics[name] = value;

        ProjectionPlan[] twoWay = [.. run.Network.Projections.Where(one => one.Reverse > one.Index)];
        if (twoWay.Length > 0)
            metrics[MetricNames.Symmetry] = twoWay.Average(weights.Symmetry);
        metrics[MetricNames.WrongSign] = (await engine.MeasuresAsync()).Learned.Values.Sum(tally => (double)tally.WrongSign);
        metrics[MetricNames.Lost] = (await engine.LedgerAsync()).Sum(link => link.Lost);
        metrics[MetricNames.Events] = state.Events;
        return metrics;
    }
}
