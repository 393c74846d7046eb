using Nudge.Running;

namespace Nudge.Commands;

/// <summary>What <c>nudge run</c> was asked to do.</summary>
public sealed record RunRequest
{
    /// <summary>Experiment file or embedded name.</summary>
    public string? File { get; init; }

    /// <summary>Name of the engine, or null for virtual time.</summary>
    public string? Engine { get; init; }

    /// <summary>On which nodes; only the cluster engine asks.</summary>
    public NodeChoice Nodes { get; init; } = new();

    /// <summary>Settings to override, each <c>path=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Seed in place of the file's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Folder to write to, which must not exist.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of an interrupted run to go on with.</summary>
    public string? Resume { get; init; }

    /// <summary>Folder of data files.</summary>
    public DataFolder? Data { get; init; }

    /// <summary>With a resumed run: its new length in presentations, or null for the one that it has.</summary>
    public long? Presentations { get; init; }

    /// <summary>Folder of a run whose interventions are made again at the same phases.</summary>
    public string? Replay { get; init; }

    /// <summary>Whether to serve a page on which the run is watched and steered.</summary>
    public bool Watch { get; init; }

    /// <summary>Whether to keep what the page would show.</summary>
    public bool Record { get; init; }

    /// <summary>The port of the page; 0 for any that is free.</summary>
    public int WatchPort { get; init; }

    /// <summary>The most τ that may pass in a second; null for what suits a watched run, infinity for no limit.</summary>
    public double? Speed { get; init; }

    /// <summary>Whether to write event files for TensorBoard.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Whether to draw figures at the end of the run.</summary>
    public bool Plots { get; init; } = true;

    /// <summary>Whether to print the results as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether to show no progress.</summary>
    public bool Quiet { get; init; }
}
