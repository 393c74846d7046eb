namespace Nudge.Recording;

/// <summary>Names of the files in a run directory. Checkpoints lie beside them.</summary>
public static class RunFiles
{
    /// <summary>Settings and results.</summary>
    public const string Summary = "run.json";

    /// <summary>A row at each sample of the run.</summary>
    public const string Metrics = "metrics.csv";

    /// <summary>Weights at the end.</summary>
    public const string Weights = "weights.npz";

    /// <summary>The experiment that was run.</summary>
    public const string Experiment = "experiment.yaml";

    /// <summary>Which slice was on which node of a cluster, and the traffic that was expected of it.</summary>
    public const string Placement = "placement.txt";

    /// <summary>Snapshots of slices on nodes that run with this machine's run.</summary>
    public const string Slices = "slices.db";

    /// <summary>What happened to the nodes and slices of a run on a cluster, a line of JSON each.</summary>
    public const string Events = "events.jsonl";

    /// <summary>What was changed by hand or by the experiment while it ran, a line of JSON each.</summary>
    public const string Interventions = "interventions.jsonl";

    /// <summary>Folder of event files for TensorBoard.</summary>
    public const string TensorBoard = "tensorboard";

    /// <summary>Frames of the page, for playing the run afterwards.</summary>
    public const string Frames = "frames.jsonl.gz";

    /// <summary>Where the page of the run is served, while it runs.</summary>
    public const string Watch = "watch.json";

    /// <summary>The page that shows it, written by <c>nudge report</c>.</summary>
    public const string Report = "report.html";

    /// <summary>The learning curve, without the ending <c>.png</c> or <c>.svg</c>.</summary>
    public const string LearningCurve = "learning-curve";

    /// <summary>A row at each reading of the truth meter.</summary>
    public const string TruthTable = "truth.csv";

    /// <summary>The figure of those readings, without the ending <c>.png</c> or <c>.svg</c>.</summary>
    public const string Truth = "truth";

    /// <summary>The histogram of ages, without the ending <c>.png</c> or <c>.svg</c>.</summary>
    public const string Staleness = "staleness";

    /// <summary>The figure of the ledger, without the ending <c>.png</c> or <c>.svg</c>.</summary>
    public const string Ledger = "ledger";

    /// <summary>Likelihood of a Boltzmann machine over the run: a table with the ending <c>.csv</c>, and its figures.</summary>
    public const string Likelihood = "likelihood";

    /// <summary>What a Boltzmann machine takes each label to look like.</summary>
    public const string Generated = "generated.png";
}
