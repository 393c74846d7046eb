using System.Diagnostics;
using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.State;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>Takes a run from where it stands to its end: samples, checkpoints, and on interruption a clean stop.</summary>
internal sealed class RunSession : IDisposable
{
    internal const int Samples = 100;
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(100);
    private readonly PreparedRun _run;
    private readonly IEngineRun _engine;
    private readonly RunDirectory _directory;
    private readonly IProgressDisplay _progress;
    private readonly RunMonitor? _monitor;
    private readonly List<MetricsRow> _rows = [];
    private readonly MetricsFile _metrics;
    private readonly TruthLog _truth;
    private readonly RunEventLog _eventLog;
    private readonly LedgerReading? _ledger;
    private readonly TimeSpan _before;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _evaluationsSeen;

    internal RunSession(
        PreparedRun run,
        IEngineRun engine,
        RunDirectory directory,
        IProgressDisplay progress,
        SessionState state,
        RunWarnings warnings,
        RunMonitor? monitor = null)
    {
        _run = run;
        _engine = engine;
        _directory = directory;
        _progress = progress;
        _monitor = monitor;
        Warnings = warnings;
        Changes = state.Changes;
        _before = state.Wall;
        string metrics = directory.FilePath(RunFiles.Metrics);
        if (state.Rows > 0)
            _rows.AddRange(MetricsFile.Read(metrics).Take(state.Rows));
        _metrics = MetricsFile.Open(metrics, state.Rows);
        _truth = new(run, directory, state.TruthRows);
        Warnings.AddAll(TruthLog.Warnings(run));
        // An evaluation that ended just before a stop has its row yet to come: rows are the same with and without stops.
        _evaluationsSeen = _rows.Count(row => row.Accuracy is not null);
        Likelihood = LikelihoodCurve.Begin(run, directory, engine.State.Presentations);
        _eventLog = new(run, engine, directory, progress);
        if (progress.ShowsMessages || monitor is { WantsMessages: true })
            _ledger = new(engine, TimeProvider.System);
        _rows.ForEach(row => monitor?.Add(row));
        monitor?.Publish(_truth.Rows);
    }

    internal IReadOnlyList<MetricsRow> Rows => _rows;

    /// <summary>Likelihood over the run, or null where it is not asked for.</summary>
    internal LikelihoodCurve? Likelihood { get; }

    /// <summary>The warnings of the run, for everything that has to raise one.</summary>
    internal RunWarnings Warnings { get; }

    /// <summary>Settings that were changed when the run went on.</summary>
    internal IReadOnlyList<SettingChange> Changes { get; }

    internal IReadOnlyList<TruthRow> Truth => _truth.Rows;

    internal TimeSpan Wall => _before + _watch.Elapsed;

    /// <summary>Runs to the end, or until cancelled; true if the end was reached.</summary>
    internal async Task<bool> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await RunToEndAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && _engine.CanSave)
        {
            // A reading was given up; it is due again when the run goes on.
            await SaveAsync();
            return false;
        }
    }

    /// <summary>Saves a checkpoint of where the run stands.</summary>
    internal async Task SaveAsync()
    {
        RunState state = _engine.State;
        // The checkpoint counts on these rows, so they must be on the disk before it.
        FlushToDisk();
        var session = new SessionState(_engine.Engine, Wall, _metrics.Rows, state.Presentations, _truth.Rows.Count)
        {
            Warnings = Warnings.All,
            Settings = SettingsWriter.ToYaml(_run.Settings, explained: false),
            Data = _run.DataSummary,
            Changes = Changes,
        };
        using var body = new MemoryStream();
        await StateRoot.SaveAsync(body, SessionState.Subject, async root =>
        {
            root.Section(SessionState.SessionTag, "session", section => session.Describe(section));
            await root.SaveSectionAsync(SessionState.EngineTag, "engine", _engine.SaveAsync);
        });
        CheckpointFile.Save(_directory.Path, state.Phases, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>Takes the rows so far to the disk itself, for readers that rely on them.</summary>
    internal void FlushToDisk()
    {
        _metrics.FlushToDisk();
        _truth.FlushToDisk();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _truth.Dispose();
    }

    private static long After(long shown, long every) => ((shown / every) + 1) * every;

    private async Task<bool> RunToEndAsync(CancellationToken cancellation)
    {
        long total = Math.Max(1, _run.Settings.Run.Presentations);
        long sampleEvery = Math.Max(1, total / Samples);
        long checkpointEvery = _run.Settings.Run.CheckpointEvery;
        long shown = _engine.State.Presentations;
        long nextSample = After(_rows.Count == 0 ? 0 : _rows[^1].Presentations, sampleEvery);
        long nextCheckpoint = checkpointEvery > 0 ? After(shown, checkpointEvery) : long.MaxValue;
        // What is due here was given up when the run was stopped.
        await _truth.TakeIfDueAsync(_engine, over: false, cancellation);
        if (shown >= nextSample)
        {
            await SampleAsync(_engine.State);
            nextSample = After(shown, sampleEvery);
        }

        if (Likelihood is not null)
            await Likelihood.ReadIfDueAsync(_engine, over: false, cancellation);
        while (true)
        {
            long next = ((long[])[_truth.Next, Likelihood?.Next ?? long.MaxValue, nextSample, nextCheckpoint, _monitor?.Recorder?.Next ?? long.MaxValue])
                .Min();
            bool goesOn;
            try
            {
                goesOn = await _engine.RunAsync(next, LookUp, cancellation);
            }
            finally
            {
                _eventLog.Report(Wall);
            }

            RunState state = _engine.State;
            await _truth.TakeIfDueAsync(_engine, !goesOn, cancellation);
            bool stops = cancellation.IsCancellationRequested && goesOn;
            if (state.Presentations >= nextSample || (state.Evaluations.Count > _evaluationsSeen && !stops))
            {
                await SampleAsync(state);
                nextSample = After(state.Presentations, sampleEvery);
            }

            if (Likelihood is not null)
                await Likelihood.ReadIfDueAsync(_engine, !goesOn, cancellation);
            await ShowAsync(state, total, !goesOn);
            if (_monitor?.Recorder is { } recorder && (state.Presentations >= recorder.Next || !goesOn))
                await recorder.TakeAsync();
            if (!goesOn)
                return true;
            if (cancellation.IsCancellationRequested || state.Presentations >= nextCheckpoint)
            {
                await SaveAsync();
                nextCheckpoint = checkpointEvery > 0 ? After(state.Presentations, checkpointEvery) : long.MaxValue;
            }

            if (cancellation.IsCancellationRequested)
                return false;
        }
    }

    private async Task ShowAsync(RunState state, long total, bool over)
    {
        _monitor?.Publish(_truth.Rows);
        _monitor?.Publish(state);
        if (_ledger is not null && await _ledger.TakeIfDueAsync(over) && _ledger.Last is { } links)
            _monitor?.Publish(links);
        double? held = state.Evaluations.Count > 0 ? state.Evaluations[^1].Accuracy : null;
        _progress.Show(new(state.Presentations, total, state.RunningAccuracy, held, null)
        {
            Evaluating = state.Evaluating,
            Tau = state.SimulatedTau,
            Messages = _ledger?.Last is { } counted ? MessageCounts.Of(counted) : null,
            Samples = _rows,
            Interventions = [.. _run.Interventions.Applied.Select(one => one.Moment.Presentations)],
        });
    }

    private async Task SampleAsync(RunState state)
    {
        RunMeasures measures = await _engine.MeasuresAsync();
        _engine.SampleUnits();
        IReadOnlyList<PopulationUnits> units = _engine.Units;
        UnitsText.Warn(Warnings, units, state.Presentations);
        LearningTally learned = measures.Learned.Values.Aggregate(default(LearningTally), LearningTally.Add);
        double? symmetry = WeightSymmetry.IsAsked(_run.Network) && _engine.WeightsAreNear
            ? WeightSymmetry.Of(_run.Network, await _engine.WeightsAsync()).Values.Average()
            : null;
        Evaluation? fresh = state.Evaluations.Count > _evaluationsSeen ? state.Evaluations[^1] : null;
        _evaluationsSeen = state.Evaluations.Count;
        if (fresh is not null)
            UnitsText.Warn(Warnings, fresh);
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
            Wall.TotalSeconds)
        {
            Energy = measures.Energy,
            Symmetry = symmetry,
            PhaseLag = measures.PhaseLag,
            Staleness = measures.Staleness.Mean,
            Undecided = fresh?.Undecided,
            Saturated = UnitsText.Share(units, one => one.Saturated),
            Dead = UnitsText.Share(units, one => one.Dead),
            UpdateNorm = UnitsText.UpdateNorm(units),
        };
        _rows.Add(row);
        _metrics.Add(row);
        _monitor?.Add(row);
    }
}
