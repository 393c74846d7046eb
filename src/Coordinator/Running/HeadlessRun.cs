using System.Diagnostics;
using Nudge.DataSets;
using Nudge.Experiments;

namespace Nudge.Running;

/// <summary>Runs an experiment in virtual time to its end and writes nothing.</summary>
public static class HeadlessRun
{
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs on the caller's thread.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="data">The examples, which other runs may share.</param>
    /// <param name="shown">Receives now and then how many stimuli have been shown; null for no report.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="DataException">The data does not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<HeadlessResult> RunAsync(
        ExperimentSettings settings, StimulusSets data, Action<long>? shown, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        PreparedRun run = PreparedRun.Prepare(settings, data);
        await using var engine = new VirtualRun(run.Network, run.TrainingSchedule, run.Interventions);
        var warnings = new RunWarnings();
        warnings.AddAll(DataWarnings.Of(data));
        var likelihood = LikelihoodCurve.Begin(run, directory: null, 0);
        long sampleEvery = Math.Max(1, settings.Run.Presentations / RunSession.Samples);
        long nextSample = sampleEvery;
        int evaluations = 0;
        bool goesOn = true;
        while (goesOn)
        {
            goesOn = await engine.RunAsync(
                Math.Min(likelihood?.Next ?? long.MaxValue, nextSample), LookUp, cancellation);
            cancellation.ThrowIfCancellationRequested();
            RunState state = engine.State;
            shown?.Invoke(state.Presentations);
            if (state.Presentations >= nextSample || state.Evaluations.Count > evaluations)
            {
                engine.SampleUnits();
                UnitsText.Warn(warnings, engine.Units, state.Presentations);
                nextSample = ((state.Presentations / sampleEvery) + 1) * sampleEvery;
            }

            for (; evaluations < state.Evaluations.Count; evaluations++)
                UnitsText.Warn(warnings, state.Evaluations[evaluations]);
            if (likelihood is not null)
                await likelihood.ReadIfDueAsync(engine, !goesOn, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        return new()
        {
            Metrics = await RunMetrics.OfAsync(run, engine, cancellation),
            Curve = likelihood?.Points ??
            [
                .. engine.State.Evaluations.Select(made => new CurvePoint(made.Presentations, made.Accuracy)),
            ],
            WallSeconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
            EventHash = engine.EventHash!.Value,
            Warnings = warnings.All,
        };
    }
}
