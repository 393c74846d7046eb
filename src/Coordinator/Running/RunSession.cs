using System.Diagnostics;
using Nudge.Checkpoints;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Reports;

namespace Nudge.Running;

/// <summary>Takes a run from where it stands to its end: samples, checkpoints, and on interruption a clean stop.</summary>
internal sealed class RunSession : IDisposable
{
    private const int Samples = 100;
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(100);
    private readonly PreparedRun _run;
    private readonly IEngineRun _engine;
    private readonly RunDirectory _directory;
    private readonly IProgressDisplay _progress;
    private readonly List<MetricsRow> _rows = [];
    private readonly MetricsFile _metrics;
    private readonly TimeSpan _before;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _evaluationsSeen;

    internal RunSession(
        PreparedRun run, IEngineRun engine, RunDirectory directory, IProgressDisplay progress, SessionState state)
    {
        _run = run;
        _engine = engine;
        _directory = directory;
        _progress = progress;
        _before = state.Wall;
        string metrics = directory.FilePath(RunFiles.Metrics);
        if (state.Rows > 0)
            _rows.AddRange(MetricsFile.Read(metrics).Take(state.Rows));
        _metrics = MetricsFile.Open(metrics, state.Rows);
        _evaluationsSeen = engine.State.Evaluations.Count;
    }

    internal IReadOnlyList<MetricsRow> Rows => _rows;

    internal TimeSpan Wall => _before + _watch.Elapsed;

    /// <summary>Runs to the end, or until cancelled; true if the end was reached.</summary>
    internal async Task<bool> RunAsync(CancellationToken cancellation)
    {
        long total = Math.Max(1, _run.Settings.Run.Presentations);
        long sampleEvery = Math.Max(1, total / Samples);
        long checkpointEvery = _run.Settings.Run.CheckpointEvery;
        long shown = _engine.State.Presentations;
        long nextSample = After(shown, sampleEvery);
        long nextCheckpoint = checkpointEvery > 0 ? After(shown, checkpointEvery) : long.MaxValue;
        while (true)
        {
            bool goesOn = await _engine.RunAsync(Math.Min(nextSample, nextCheckpoint), LookUp, cancellation);
            RunState state = _engine.State;
            if (state.Presentations >= nextSample || state.Evaluations.Count > _evaluationsSeen)
            {
                await SampleAsync(state);
                nextSample = After(state.Presentations, sampleEvery);
            }

            double? held = state.Evaluations.Count > 0 ? state.Evaluations[^1].Accuracy : null;
            _progress.Show(new(state.Presentations, total, state.RunningAccuracy, held, null));
            if (!goesOn)
                return true;
            if (cancellation.IsCancellationRequested || state.Presentations >= nextCheckpoint)
            {
                await CheckpointAsync(state);
                nextCheckpoint = checkpointEvery > 0 ? After(state.Presentations, checkpointEvery) : long.MaxValue;
            }

            if (cancellation.IsCancellationRequested)
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _metrics.Dispose();

    private static long After(long shown, long every) => ((shown / every) + 1) * every;

    private async Task SampleAsync(RunState state)
    {
        LearningTally learned = default;
        foreach (LearningTally tally in (await _engine.LearnedAsync()).Values)
            learned += tally;
        Evaluation? fresh = state.Evaluations.Count > _evaluationsSeen ? state.Evaluations[^1] : null;
        _evaluationsSeen = state.Evaluations.Count;
        var row = new MetricsRow(
            state.Presentations,
            state.SimulatedTau,
            state.Phases,
            state.RunningAccuracy,
            fresh?.Accuracy,
            fresh?.Examples ?? 0,
            learned.Positive,
            learned.Negative,
            learned.Gated,
            state.B,
            Wall.TotalSeconds);
        _rows.Add(row);
        _metrics.Add(row);
    }

    private async Task CheckpointAsync(RunState state)
    {
        // The checkpoint counts on these rows, so they must be on the disk before it.
        _metrics.FlushToDisk();
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            new SessionState(_engine.Engine, Wall, _metrics.Rows, state.Presentations).Save(writer);
            await _engine.SaveAsync(writer);
        }

        CheckpointFile.Save(_directory.Path, state.Phases, writer => writer.Write(body.GetBuffer().AsSpan(0, (int)body.Length)));
    }
}
