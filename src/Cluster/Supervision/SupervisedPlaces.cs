using Nudge.Actors;

namespace Nudge.Supervision;

/// <summary>Where a slice stands, for its supervisor.</summary>
internal enum PlaceState
{
    /// <summary>On no node.</summary>
    Unplaced,

    /// <summary>A node was asked to host it.</summary>
    Assigned,

    /// <summary>It runs, as far as is known.</summary>
    Up,
}

/// <summary>A node that may host slices, for a supervisor.</summary>
internal sealed class SupervisedNode(string name, bool keeps, TimeSpan now)
{
    internal string Name { get; } = name;

    /// <summary>Tells its process from others under the same address; null until it is known.</summary>
    internal int? Process { get; set; }

    /// <summary>Whether it has a store.</summary>
    internal bool Keeps { get; } = keeps;

    /// <summary>Whether membership reaches it.</summary>
    internal bool Reachable { get; set; } = true;

    /// <summary>Whether it is about to leave.</summary>
    internal bool Leaving { get; set; }

    /// <summary>Whether it is to end and save what it hosts.</summary>
    internal bool HandOver { get; set; }

    /// <summary>Why it hosts nothing of this run, or empty.</summary>
    internal string Refusal { get; set; } = "";

    /// <summary>The actor that keeps the slices there; empty while none is known.</summary>
    internal string Manager { get; set; } = "";

    /// <summary>The newest orders that it has reported to have carried out.</summary>
    internal long Reported { get; set; }

    /// <summary>The newest directory that it has reported to have.</summary>
    internal long DirectoryVersion { get; set; }

    /// <summary>When its last report came, or when it joined.</summary>
    internal TimeSpan ReportedAt { get; set; } = now;

    /// <summary>When orders were last sent.</summary>
    internal TimeSpan OrderedAt { get; set; } = TimeSpan.FromDays(-1);

    /// <summary>Whether its orders have changed since they were last sent.</summary>
    internal bool OrdersDue { get; set; } = true;

    /// <summary>What its slices cost.</summary>
    internal long Load { get; set; }
}

/// <summary>Where one slice is, for a supervisor.</summary>
internal sealed class SupervisedPlace
{
    internal PlaceState State { get; set; }

    /// <summary>The node that was asked to host it, or null.</summary>
    internal SupervisedNode? Node { get; set; }

    /// <summary>Which assignment it is.</summary>
    internal int Attempt { get; set; }

    /// <summary>The number of the first orders that named the assignment; 0 until they are sent.</summary>
    internal long OrderedBy { get; set; }

    internal int Incarnation { get; set; } = -1;

    /// <summary>When it was first reported to run.</summary>
    internal TimeSpan UpAt { get; set; }

    /// <summary>Assignments in succession that ended before the slice ran.</summary>
    internal int FailedStarts { get; set; }

    /// <summary>It is not placed before.</summary>
    internal TimeSpan NotBefore { get; set; }

    /// <summary>Restarts of its actor that have been counted.</summary>
    internal int Faults { get; set; }

    /// <summary>Whether it ended in order and has not begun again: what is sent to it meanwhile would be lost.</summary>
    internal bool HandedOver { get; set; }

    internal long FreezeRound { get; set; }

    internal long CountersRound { get; set; }

    /// <summary>What its present incarnation last reported, or null.</summary>
    internal SliceCounters? Counters { get; set; }

    internal TimeSpan CountersAt { get; set; }

    /// <summary>Where it was before, why it is there no more, and when it was last known to run; null where it is where it was.</summary>
    internal (string From, string Cause, TimeSpan LastKnown)? Departed { get; set; }

    internal bool IsUp => State == PlaceState.Up;
}
