using Nudge.Actors;
using Nudge.Messages;

namespace Nudge.Supervision;

/// <summary>What a manager knows of one assignment.</summary>
internal sealed class HostedSlice(Assignment of, bool fromStart)
{
    internal Assignment Of { get; } = of;

    /// <summary>Whether it begins together with its neighbours.</summary>
    internal bool FromStart { get; } = fromStart;

    internal HostedState State { get; set; }

    internal int Incarnation { get; set; }

    /// <summary>The snapshot that it began with.</summary>
    internal long Generation { get; set; }

    /// <summary>What it last reported, or null.</summary>
    internal SliceCounters? Counters { get; set; }

    /// <summary>The closed counters of an incarnation that ends in order, until orders no longer name it.</summary>
    internal SliceCounters? Ending { get; set; }

    /// <summary>Whether it has ended in order, and its state is in the store.</summary>
    internal bool Ended { get; set; }

    /// <summary>How often the store has failed since it was last open.</summary>
    internal int StoreFailures { get; set; }

    /// <summary>When the store is opened again, after it has failed.</summary>
    internal TimeSpan? ReopenAt { get; set; }

    /// <summary>When it is to be saved next.</summary>
    internal TimeSpan SaveAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>Whether the store is writing a snapshot.</summary>
    internal bool Saving { get; set; }

    /// <summary>The snapshot that the store is writing; its buffer is used again when it has been kept.</summary>
    internal ReadOnlyMemory<byte> Written { get; set; }

    /// <summary>The newest snapshot that waits for the store, or null.</summary>
    internal SliceSnapshot? Waiting { get; set; }

    /// <summary>The last change of frozen that it has confirmed.</summary>
    internal long FreezeRound { get; set; }

    /// <summary>The last question for counters that it was asked.</summary>
    internal long CountersRound { get; set; }

    /// <summary>How often its actor was restarted.</summary>
    internal int Faults { get; set; }

    /// <summary>Why it is gone.</summary>
    internal string Reason { get; set; } = "";

    /// <summary>Whether its end ends the run.</summary>
    internal bool Fatal { get; set; }

    internal HostedReport Report => new(Of.Slice, Of.Attempt, State)
    {
        Incarnation = Incarnation,
        Generation = Generation,
        FreezeRound = FreezeRound,
        Faults = Faults,
        Reason = Reason,
        Fatal = Fatal,
    };
}
