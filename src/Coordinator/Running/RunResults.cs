using System.Security.Cryptography;
using Nudge.Audit;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>Writes what a run leaves behind.</summary>
internal static class RunResults
{
    /// <summary>
    /// Writes the results of a run that has ended; of one that was interrupted only what takes no time, without figures.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was given up; what was written is whole.</exception>
    internal static async Task<RunSummary> WriteAsync(
        PreparedRun run,
        IEngineRun engine,
        RunSession session,
        RunDirectory directory,
        IRunFigures? figures,
        bool finished,
        long? resumedFrom,
        CancellationToken cancellation)
    {
        // First of all: what the coordinator does from here on is no part of the run.
        MemorySummary memory = MemorySummary.Of(run.Network, await engine.MemoryAsync());
        bool gathers = run.Settings.Run.Weights;
        NetworkWeights? weights = gathers ? await engine.WeightsAsync() : null;
        string? hash = weights is null ? null : WriteWeights(directory, run.Network, weights);
        CarriedReport? carried = gathers ? run.Carried : null;
        RunState state = engine.State;
        Evaluation? last = finished && state.Evaluations.Count > 0 ? state.Evaluations[^1] : null;
        double wall = session.Wall.TotalSeconds;
        RunMeasures measures = await engine.MeasuresAsync();
        LearningTally learned = measures.Learned.Values.Aggregate(default(LearningTally), LearningTally.Add);
        IReadOnlyDictionary<string, double> metrics = await RunMetrics.OfAsync(run, engine, cancellation, finished);
        var summary = new RunSummary
        {
            Name = run.Settings.Name,
            Seed = run.Settings.Seed,
            Engine = engine.Engine,
            Version = typeof(RunResults).Assembly.GetName().Version?.ToString(3) ?? "",
            Commit = NodeRuns.Version.Split('+') is [_, { Length: > 0 } commit] ? commit : null,
            InstructionSet = InstructionSet.Describe(),
            Dotnet = Environment.Version.ToString(),
            Settings = SettingsWriter.ToJson(run.Settings),
            Data = run.DataSummary,
            Changes = session.Changes,
            Interventions = InterventionSummary.Of(run.Interventions.Applied),
            Presentations = state.Presentations,
            Accuracy = last?.Accuracy,
            AccuracySynchronous = finished && metrics.TryGetValue(MetricNames.AccuracySynchronous, out double lockstep)
                ? lockstep
                : null,
            Baselines = new Dictionary<string, double?>
            {
                // A machine without labels is judged by its likelihood, and target values by their distance: neither knows a chance.
                ["chance"] = run.TrainingSchedule.CanAnswer && !run.Data.Train.HasTargets ? 1.0 / run.Data.Train.Classes : null,
            },
            Target = TargetOf(run, metrics),
            Units = UnitsText.Summaries(engine.Units),
            Evaluations =
            [
                .. state.Evaluations.Select(evaluation => new EvaluationSummary(
                    evaluation.Presentations, evaluation.Accuracy, evaluation.Examples, evaluation.Unanswered)
                {
                    Messages = evaluation.Messages,
                    Undecided = evaluation.Undecided,
                    MeanSquaredError = evaluation.MeanSquaredError,
                }),
            ],
            WallSeconds = Math.Round(wall, 3),
            SamplesPerSecond = Math.Round(state.Presentations / Math.Max(1e-9, wall), 3),
            SimulatedTau = state.SimulatedTau,
            Events = state.Events,
            EventHash = engine.EventHash is ulong events ? $"{events:x16}" : null,
            WeightsHash = hash,
            OutputDirectory = directory.Path,
            Ledger = LedgerSummary.Of(await engine.LedgerAsync()),
            Learned = new(learned.Positive, learned.Negative, learned.Gated, learned.WrongSign),
            B = state.B,
            Metrics = metrics,
            Symmetry = weights is null ? new() : WeightSymmetry.Of(run.Network, weights),
            Energy = double.IsFinite(measures.Energy) ? measures.Energy : null,
            PhaseLag = measures.PhaseLag,
            Staleness = StalenessSummary.Of(measures.Staleness),
            Truth = session.Truth.Count > 0 ? session.Truth[^1] : null,
            CarriedBytes = carried?.Bytes,
            Carried =
            [
                .. (carried?.Fields ?? []).Select(field => new CarriedSummary(field.Path, field.Exception, field.Bytes)),
            ],
            Memory = memory,
            Faults = engine.Faults,
            Moves = engine.Moves,
            StoredAs = engine.StoredAs,
            Warnings = session.Warnings.All,
            ResumedFrom = resumedFrom,
            Interrupted = !finished,
        };
        directory.WriteText(RunFiles.Summary, summary.ToJson() + "\n");
        var history = new RunHistory
        {
            Run = run,
            Summary = summary,
            Rows = session.Rows,
            Truth = session.Truth,
            Likelihood = session.Likelihood?.Points,
            Weights = weights,
        };
        if (figures is not null && finished)
            await Abandonable.RunAsync(() => figures.Draw(directory, history), cancellation);
        return summary;
    }

    private static TargetSummary? TargetOf(PreparedRun run, IReadOnlyDictionary<string, double> metrics) =>
        run.Settings.Run.UntilAccuracy is not double least ? null
        : metrics.TryGetValue(MetricNames.PresentationsToTarget, out double presentations)
            ? new(least, (long)presentations, (long)metrics[MetricNames.MessagesToTarget])
            : new(least, null, null);

    private static string WriteWeights(RunDirectory directory, NetworkPlan network, NetworkWeights weights)
    {
        using var bytes = new MemoryStream();
        WeightsFile.Write(bytes, network, weights);
        directory.Write(RunFiles.Weights, stream => bytes.WriteTo(stream));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }
}
