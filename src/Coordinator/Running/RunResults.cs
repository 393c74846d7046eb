using System.Security.Cryptography;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Relaxation;
using Nudge.Reports;

namespace Nudge.Running;

/// <summary>Writes what a run leaves behind.</summary>
internal static class RunResults
{
    internal static async Task<RunSummary> WriteAsync(
        PreparedRun run, IEngineRun engine, RunSession session, RunDirectory directory, bool finished, long? resumedFrom)
    {
        NetworkWeights weights = await engine.WeightsAsync();
        string hash = WriteWeights(directory, run.Network, weights);
        RunState state = engine.State;
        Evaluation? last = finished && state.Evaluations.Count > 0 ? state.Evaluations[^1] : null;
        double wall = session.Wall.TotalSeconds;
        var learned = (await engine.LearnedAsync()).Values.Aggregate(default(LearningTally), (sum, tally) => sum + tally);
        var summary = new RunSummary
        {
            Name = run.Settings.Name,
            Seed = run.Settings.Seed,
            Engine = engine.Engine,
            Version = typeof(RunResults).Assembly.GetName().Version?.ToString(3) ?? "",
            InstructionSet = InstructionSet.Describe(),
            Dotnet = Environment.Version.ToString(),
            Settings = SettingsWriter.ToJson(run.Settings),
            Presentations = state.Presentations,
            Accuracy = last?.Accuracy,
            AccuracySynchronous = finished && Relaxes(run)
                ? SynchronousRelaxation.Accuracy(run.Network, weights, run.Data.Test, run.Data.Test.Count)
                : null,
            Baselines = new Dictionary<string, double> { ["chance"] = 1.0 / run.Data.Train.Classes },
            Evaluations =
            [
                .. state.Evaluations.Select(evaluation => new EvaluationSummary(
                    evaluation.Presentations, evaluation.Accuracy, evaluation.Examples, evaluation.Unanswered)),
            ],
            WallSeconds = Math.Round(wall, 3),
            SamplesPerSecond = Math.Round(state.Presentations / Math.Max(1e-9, wall), 1),
            SimulatedTau = state.SimulatedTau,
            Events = state.Events,
            EventHash = engine.EventHash is ulong events ? $"{events:x16}" : null,
            WeightsHash = hash,
            OutputDirectory = directory.Path,
            Ledger = LedgerSummary.Of(await engine.LedgerAsync()),
            Learned = new(learned.Positive, learned.Negative, learned.Gated, learned.WrongSign),
            B = state.B,
            Symmetry = Symmetry(run.Network, weights),
            Faults = engine.Faults,
            ResumedFrom = resumedFrom,
            Interrupted = !finished,
        };
        directory.WriteText(RunFiles.Summary, summary.ToJson() + "\n");
        LearningCurvePlot.Save(directory, summary, session.Rows);
        LedgerPlot.Save(directory, summary);
        return summary;
    }

    private static bool Relaxes(PreparedRun run) =>
        run.Settings.Model.Kind is ModelKind.EquilibriumPropagation or ModelKind.ContrastiveHebbian;

    private static string WriteWeights(RunDirectory directory, NetworkPlan network, NetworkWeights weights)
    {
        var arrays = new List<NpzArray>();
        foreach (ProjectionPlan projection in network.Projections)
        {
            arrays.Add(new(
                projection.Name, [projection.Target.Size, projection.Source.Size], weights.Weights[projection.Index]));
        }

        foreach (PopulationPlan population in network.Populations.Where(network.HasBiases))
            arrays.Add(new($"{population.Name}.bias", [population.Size], weights.Biases[population.Index]));
        using var bytes = new MemoryStream();
        NpzFile.Write(bytes, arrays);
        directory.Write(RunFiles.Weights, stream => bytes.WriteTo(stream));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static Dictionary<string, double> Symmetry(NetworkPlan network, NetworkWeights weights) => network.Projections
        .Where(projection => projection.Reverse > projection.Index)
        .ToDictionary(
            projection => projection.Name[..^".forward".Length],
            projection => Math.Round(weights.Symmetry(projection), 6));
}
