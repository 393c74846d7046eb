using System.Collections.Immutable;
using Nudge.Interventions;
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
    internal void Add(MetricsRow row) => _rows = _rows.Add(row);

    /// <summary>Publishes readings of the truth meter; only the session does.</summary>
    internal void Publish(IReadOnlyList<TruthRow> truth)
    {
        if (truth.Count != _truth.Count)
            _truth = [.. truth];
    }
}
