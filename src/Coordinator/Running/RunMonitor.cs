using System.Collections.Immutable;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>What a run does at present.</summary>
public enum RunStage
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All stimuli have been shown, and results are there.</summary>
    Finished,

    /// <summary>It was stopped, and can be resumed.</summary>
    Stopped,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>
/// A run as those see it who watch and steer it, from any thread: what its session publishes, its engine's views, and what may be
/// asked of it.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="engine">Its engine.</param>
/// <param name="folder">Its folder.</param>
public sealed class RunMonitor(PreparedRun run, IEngineRun engine, string folder)
{
    private volatile ImmutableList<MetricsRow> _rows = [];
    private volatile ImmutableList<TruthRow> _truth = [];
    private readonly List<IRunObserver> _observers = [];
    private volatile RunStage _stage;

    /// <summary>The run.</summary>
    public PreparedRun Run => run;

    /// <summary>Its engine.</summary>
    public IEngineRun Engine => engine;

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>Pauses it, steps it, limits its speed.</summary>
    public RunControl Control { get; } = new();

    /// <summary>What is changed while it runs.</summary>
    public PendingInterventions Interventions => run.Interventions;

    /// <summary>What it does at present.</summary>
    public RunStage Stage
    {
        get => _stage;
        internal set => _stage = value;
    }

    /// <summary>Samples of the run so far, the earliest first.</summary>
    public IReadOnlyList<MetricsRow> Rows => _rows;

    /// <summary>Readings of the truth meter so far.</summary>
    public IReadOnlyList<TruthRow> Truth => _truth;

    /// <summary>Publishes a sample; only the session does.</summary>
    internal void Add(MetricsRow row)
    {
        _rows = _rows.Add(row);
        _observers.ForEach(one => one.Sampled(row));
    }

    /// <summary>Publishes readings of the truth meter; only the session does.</summary>
    internal void Publish(IReadOnlyList<TruthRow> truth)
    {
        if (truth.Count == _truth.Count)
            return;
        foreach (TruthRow reading in truth.Skip(_truth.Count))
            _observers.ForEach(one => one.Read(reading));
        _truth = [.. truth];
    }

    /// <summary>Whether an observer is told the counters of links.</summary>
    internal bool WantsMessages => _observers.Exists(one => one.WantsMessages);

    /// <summary>Has something done when so many stimuli have been shown, and again when it says so; before its session begins.</summary>
    internal IRunRecorder? Recorder { get; set; }

    /// <summary>Has an observer told what the run measures. Before its session begins.</summary>
    internal void Follow(IRunObserver observer) => _observers.Add(observer);

    /// <summary>Publishes how far the run is; only the session does.</summary>
    internal void Publish(RunState state) => _observers.ForEach(one => one.Moved(state));

    /// <summary>Publishes counters of links; only the session does.</summary>
    internal void Publish(IReadOnlyList<LedgerEntry> links) =>
        _observers.ForEach(one => one.Counted(links));
}
