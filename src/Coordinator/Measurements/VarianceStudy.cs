using Nudge.Experiments;
using Nudge.Phases;
using Nudge.Running;
using Nudge.Variance;
using Nudge.VirtualTime;

namespace Nudge.Measurements;

/// <summary>
/// The variance of an experiment's updates as a function of b, with the weights of one moment of its run.
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="OwnB">The b that the experiment names, or reached before its weights were held still.</param>
/// <param name="Presentations">Stimuli shown before.</param>
/// <param name="Curve">What was measured.</param>
internal sealed record VarianceStudy(
    ExperimentSettings Experiment, double OwnB, long Presentations, VarianceCurve Curve)
{
    /// <summary>Trains for a while, then measures.</summary>
    internal static VarianceStudy Make(
        LoadedExperiment experiment, VarianceRequest request, CancellationToken cancellation)
    {
        PreparedRun run = PreparedRun.Load(experiment, request.Data);
        var engine = new VirtualEngine(run.Network, run.TrainingSchedule);
        while (run.TrainingSchedule.Presentations < request.After && engine.RunPhase(cancellation))
            cancellation.ThrowIfCancellationRequested();
        VarianceCurve curve = VarianceMeasurement.Run(
            run.Network.Settings, run.Data.Train, engine.Slices, request.Bs, request.Phases, cancellation);
        return new(run.Settings, run.TrainingSchedule.B, run.TrainingSchedule.Presentations, curve);
    }
}

/// <summary>What <c>nudge variance</c> was asked for.</summary>
internal sealed record VarianceRequest
{
    /// <summary>A file, or an embedded experiment.</summary>
    internal required string File { get; init; }

    /// <summary>Overrides of its settings.</summary>
    internal required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Probabilities of a positive phase, ascending.</summary>
    internal required IReadOnlyList<double> Bs { get; init; }

    /// <summary>Phases for each b.</summary>
    internal required int Phases { get; init; }

    /// <summary>Stimuli to train with before.</summary>
    internal required long After { get; init; }

    /// <summary>Folder of data files, or null.</summary>
    internal DataFolder? Data { get; init; }

    /// <summary>Folder for results, or null for a fresh one.</summary>
    internal string? Out { get; init; }

    /// <summary>Whether to print JSON.</summary>
    internal bool Json { get; init; }
}

/// <summary>Whether b has a meaning in an experiment.</summary>
internal static class VarianceCheck
{
    internal static void Run(ExperimentSettings settings)
    {
        if (settings.Phases.Order != PhaseOrder.Bernoulli)
            throw Refused("phases.order", "only phases whose polarity is drawn on its own in each lane vary with b as theory has it; expected bernoulli");
        if (!settings.Learning.Rule.Rule.HasOptimalB)
            throw Refused("learning.rule", $"{settings.Learning.Rule.Definition.Name} does not weigh by b; expected a rule that does, such as isd or differential-isd");
    }

    private static ExperimentException Refused(string path, string message) =>
        new([new Problem("", path, $"{path}: {message}")]);
}
