using System.Security.Cryptography;
using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Relaxation;
using Nudge.Reports;

namespace Nudge.Running;

/// <summary>Writes what a run leaves behind.</summary>
internal static class RunResults
{
    internal static async Task<RunSummary> WriteAsync(
        PreparedRun run, IEngineRun engine, RunSession session, RunDirectory directory, bool finished, bool resumed)
    {
        NetworkWeights weights = await engine.WeightsAsync();
        string hash = WriteWeights(directory, run.Network, weights);
        RunState state = engine.State;
        Evaluation? last = finished && state.Evaluations.Count > 0 ? state.Evaluations[^1] : null;
        double wall = session.Wall.TotalSeconds;
        var summary = new RunSummary
        {
            Name = run.Settings.Name,
            Accuracy = last?.Accuracy,
            AccuracySynchronous = finished
                ? SynchronousRelaxation.Accuracy(run.Network, weights, run.Data.Test, run.Data.Test.Count)
                : null,
            Examples = last?.Examples ?? 0,
            Seed = run.Settings.Seed,
            Engine = engine.Engine,
            Presentations = state.Presentations,
            WallSeconds = Math.Round(wall, 3),
            PresentationsPerSecond = Math.Round(state.Presentations / Math.Max(1e-9, wall), 1),
            SimulatedTau = Math.Round(state.SimulatedTau, 3),
            Events = state.Events,
            EventHash = engine.EventHash is ulong events ? $"{events:x16}" : null,
            WeightsHash = hash,
            OutputDirectory = directory.Path,
            Ledger = LedgerSummary.Of(await engine.LedgerAsync()),
            Learned = await engine.LearnedAsync(),
            Symmetry = Symmetry(run.Network, weights),
            Evaluations = [.. state.Evaluations],
            Faults = engine.Faults,
            Interrupted = !finished,
            Resumed = resumed,
            Version = typeof(RunResults).Assembly.GetName().Version?.ToString(3) ?? "",
            Runtime = Environment.Version.ToString(),
            InstructionSet = InstructionSet.Describe(),
        };
        directory.WriteText("run.json", summary.ToJson(SettingsWriter.ToJson(run.Settings)) + "\n");
        LearningCurvePlot.Save(directory.FilePath("learning-curve"), summary, session.Rows, run.Network.Output.Size);
        LedgerPlot.Save(directory.FilePath("ledger"), summary);
        return summary;
    }

    private static string WriteWeights(RunDirectory directory, NetworkPlan network, NetworkWeights weights)
    {
        var arrays = new List<NpzArray>();
        foreach (ProjectionPlan projection in network.Projections)
        {
            arrays.Add(new(
                projection.Name, [projection.Target.Size, projection.Source.Size], weights.Weights[projection.Index]));
        }

        foreach (PopulationPlan population in network.Populations.Where(p => p.Role != PopulationRole.Input))
            arrays.Add(new($"{population.Name}.bias", [population.Size], weights.Biases[population.Index]));
        using var bytes = new MemoryStream();
        NpzFile.Write(bytes, arrays);
        AtomicFile.Write(directory.FilePath("weights.npz"), stream => bytes.WriteTo(stream));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static Dictionary<string, double> Symmetry(NetworkPlan network, NetworkWeights weights) => network.Projections
        .Where(projection => projection.Reverse > projection.Index)
        .ToDictionary(
            projection => projection.Name[..^".forward".Length],
            projection => Math.Round(weights.Symmetry(projection), 6));
}
