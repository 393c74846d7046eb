namespace Nudge.Messages;

/// <summary>Asks a node how many whole runs it makes; answered by <see cref="RunnerHello"/>.</summary>
internal sealed record AskRunner;

/// <summary>What a node reports of itself to any process that has runs to make.</summary>
/// <param name="AtATime">Runs at a time.</param>
/// <param name="FrameBytes">The longest message that it takes.</param>
internal sealed record RunnerHello(int AtATime, int FrameBytes);

/// <summary>
/// Has a node make a run. Sent again while it is under way, it changes nothing; sent again afterwards, the run is made
/// again and gives the same: so whatever was lost on the way, it can be sent again.
/// </summary>
/// <param name="Job">Number of the run, for answers.</param>
/// <param name="Version">The program that the run is to be made with.</param>
/// <param name="Run">The run.</param>
internal sealed record StartRun(int Job, string Version, RunOrder Run);

/// <summary>A run is under way, or waits on its node for another one to end.</summary>
/// <param name="Job">Number of the run.</param>
/// <param name="Shown">Stimuli that it has shown.</param>
internal sealed record RunStands(int Job, long Shown);

/// <summary>A run has ended well.</summary>
/// <param name="Job">Number of the run.</param>
/// <param name="Numbers">What it gave.</param>
internal sealed record RunEnded(int Job, RunNumbers Numbers);

/// <summary>A run has failed, as it would anywhere.</summary>
/// <param name="Job">Number of the run.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record RunFailed(int Job, string Reason);

/// <summary>A run cannot be made on this node.</summary>
/// <param name="Job">Number of the run.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record RunDeclined(int Job, string Reason);

/// <summary>Has a node stop all runs of the sender, without answers.</summary>
internal sealed record StopRuns;

/// <summary>A whole run in virtual time, to be made by one node.</summary>
/// <param name="Experiment">The experiment file, defaults filled in, its seed among them.</param>
/// <param name="VariancePhases">Phases for each b of a measurement of the variance; 0 for a run judged at its end.</param>
/// <param name="Data">Names the very data to make it with; empty where they follow from the experiment.</param>
public sealed record RunOrder(string Experiment, int VariancePhases = 0, string Data = "");

/// <summary>What a run gave that a node made.</summary>
/// <param name="Metrics">Numbers at its end, by name, in the order of the run.</param>
/// <param name="WallSeconds">Wall time on the node.</param>
/// <param name="EventHash">Hash of all events.</param>
public sealed record RunNumbers(
    IReadOnlyList<KeyValuePair<string, double>> Metrics, double WallSeconds, ulong EventHash)
{
    /// <summary>The warnings that the run raised on the node.</summary>
    public IReadOnlyList<NodeRunWarning> Warnings { get; init; } = [];
}

/// <summary>A warning of a run that a node made.</summary>
/// <param name="Topic">What kind of thing it warns of.</param>
/// <param name="Path">The setting or the part of the network; empty for the whole run.</param>
/// <param name="Message">What is so.</param>
/// <param name="Presentations">Stimuli shown when it was raised; negative where it was known before the run.</param>
public sealed record NodeRunWarning(string Topic, string Path, string Message, long Presentations);
