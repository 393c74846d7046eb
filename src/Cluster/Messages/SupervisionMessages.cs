using Nudge.Actors;

namespace Nudge.Messages;

/// <summary>
/// Asks a node for the number of a coordinator that begins or resumes a run. Each number is given once, by the store that the
/// nodes of a run share; answered by <see cref="EpochAllotted"/>, or <see cref="OrdersRefused"/>.
/// </summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Token">Drawn by the coordinator, so that a store that does not know it is known for another one.</param>
/// <param name="Before">What the coordinator has drawn whose run is resumed, or 0: the store must know it.</param>
internal sealed record AllotEpoch(string Run, long Token, long Before);

/// <summary>The number of a coordinator: of two that direct one run, only the one with the higher number is obeyed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number, from 1; the same for all where nodes have no store.</param>
internal sealed record EpochAllotted(string Run, int Epoch);

/// <summary>One slice that a node is to host.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Attempt">
/// Which assignment of the slice this is, counted by its supervisor: what an earlier one started is given up.
/// </param>
internal readonly record struct Assignment(int Slice, int Attempt);

/// <summary>
/// All that one node should be doing for a run: a state and not a change, so that it may be lost, repeated and overtaken. A
/// supervisor sends it when it changes and again every half second; the node answers with <see cref="HostingReport"/>.
/// </summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Epoch">The number of the coordinator.</param>
/// <param name="Number">Rises with every message of the supervisor; a node ignores one that is not newer than the last.</param>
/// <param name="RunSupervisor">Path of the actor that directs the run.</param>
/// <param name="Slices">What it should host; whatever else it hosts for the run has been given up.</param>
internal sealed record HostingOrders(
    string Run, int Epoch, long Number, string RunSupervisor, IReadOnlyList<Assignment> Slices)
{
    /// <summary>The process that they are for: one that was started again under the same address takes none that were meant for the one before.</summary>
    public int Process { get; init; }

    /// <summary>What the coordinator has drawn: the store of the run has it beside the coordinator's number.</summary>
    public long Token { get; init; }

    /// <summary>The experiment file, defaults filled in, from which the node compiles the network; empty for a node that has done so.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>Classes of the examples, which the node does not have.</summary>
    public int Classes { get; init; }

    /// <summary>Whether the run has begun: slices that start from now on join others.</summary>
    public bool Begun { get; init; }

    /// <summary>Whether slices should stand still.</summary>
    public bool Frozen { get; init; }

    /// <summary>The number of the last change of <see cref="Frozen"/>, which each slice confirms.</summary>
    public long FreezeRound { get; init; }

    /// <summary>The number of the last question for all counters, which each slice answers once.</summary>
    public long CountersRound { get; init; }

    /// <summary>Slices that cannot be reached now: none waits for them.</summary>
    public IReadOnlyList<int> Unreachable { get; init; } = [];

    /// <summary>Whether the node should end and save what it hosts.</summary>
    public bool HandOver { get; init; }
}

/// <summary>What became of an assignment.</summary>
internal enum HostedState
{
    /// <summary>Its store is being read.</summary>
    Opening = 0,

    /// <summary>It runs.</summary>
    Up = 1,

    /// <summary>It ends in order: it is being saved, or has been, and its closed counters are sent until they have arrived.</summary>
    Ending = 2,

    /// <summary>It could not start, failed, or another incarnation has taken over.</summary>
    Gone = 3,
}

/// <summary>What a node reports of one assignment.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Attempt">Which assignment.</param>
/// <param name="State">What became of it.</param>
internal sealed record HostedReport(int Slice, int Attempt, HostedState State)
{
    /// <summary>Its incarnation, once it is known.</summary>
    public int Incarnation { get; init; }

    /// <summary>The snapshot that it goes on from; 0 starts without one.</summary>
    public long Generation { get; init; }

    /// <summary>The last change of frozen that the slice has confirmed.</summary>
    public long FreezeRound { get; init; }

    /// <summary>How often its actor failed and was restarted.</summary>
    public int Faults { get; init; }

    /// <summary>Why it is gone, for people.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the run cannot go on.</summary>
    public bool Fatal { get; init; }
}

/// <summary>
/// All that one node does for a run, sent when it changes and every half second: also a lease, since a supervisor that receives
/// none takes what the node hosts for unreachable, and in the end for lost.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number of the coordinator that is obeyed.</param>
/// <param name="Number">The newest orders that have been carried out.</param>
/// <param name="Manager">Path of the actor that keeps the slices; empty where there is none.</param>
/// <param name="DirectoryVersion">The newest directory that has been received.</param>
/// <param name="Leaving">Whether the node is about to leave.</param>
/// <param name="Slices">What it hosts.</param>
internal sealed record HostingReport(
    string Run, int Epoch, long Number, string Manager, long DirectoryVersion, bool Leaving, IReadOnlyList<HostedReport> Slices);

/// <summary>A node does not do what it was asked to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number of the coordinator that asked.</param>
/// <param name="Newer">The number of a later coordinator of the run that is obeyed instead, or 0.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record OrdersRefused(string Run, int Epoch, int Newer, string Reason);

/// <summary>Where all slices of a run are; a manager connects its own to them.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number of the coordinator.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="Managers">Paths of the managers.</param>
/// <param name="Places">For each slice, the number of its manager and its attempt; a negative number for one that is down.</param>
/// <param name="Coordinator">Path of the coordinator.</param>
internal sealed record SliceDirectory(
    string Run, int Epoch, long Version, IReadOnlyList<string> Managers, IReadOnlyList<(int Manager, int Attempt)> Places, string Coordinator)
{
    /// <summary>The path of a slice's actor; empty for one that is down.</summary>
    internal string PathOf(int slice) =>
        Places[slice] is { Manager: >= 0 } place ? SlicePath(Managers[place.Manager], slice, place.Attempt) : "";

    /// <summary>The path of the actor of one assignment of a slice.</summary>
    internal static string SlicePath(string manager, int slice, int attempt)
    {
        // What tells one actor of a name from a later one belongs behind the last name only.
        int unique = manager.IndexOf('#', StringComparison.Ordinal);
        return $"{(unique < 0 ? manager : manager[..unique])}/{SliceName(slice, attempt)}";
    }


    /// <summary>The name of the actor of one assignment of a slice.</summary>
    internal static string SliceName(int slice, int attempt) => $"slice-{slice}-{attempt}";
}

/// <summary>What an incarnation has counted.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number of the coordinator.</param>
/// <param name="Attempt">Which assignment of the slice.</param>
/// <param name="Round">The question that this answers; 0 for a report by itself.</param>
/// <param name="Ended">
/// Whether the incarnation has ended in order, with its state in the store; sent until orders no longer name the assignment.
/// </param>
/// <param name="Counters">The counters.</param>
internal sealed record SliceCounted(string Run, int Epoch, int Attempt, long Round, bool Ended, SliceCounters Counters);
