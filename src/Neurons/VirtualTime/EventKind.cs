namespace Nudge.VirtualTime;

/// <summary>Kinds of events, in the order in which those of one instant happen.</summary>
internal enum EventKind
{
    /// <summary>An activity message arrives.</summary>
    Activity,

    /// <summary>A message of the coordinator arrives.</summary>
    Control,

    /// <summary>An acknowledgement arrives at the coordinator.</summary>
    Acknowledgement,

    /// <summary>The coordinator asks whether to send again.</summary>
    Retry,

    /// <summary>A phase ends and the next begins.</summary>
    PhaseChange,

    /// <summary>A slice steps on its own clock.</summary>
    Step,

    /// <summary>An acknowledgement arrives at the slice that sent the activity.</summary>
    ActivityAcknowledgement,

    /// <summary>A slice asks whether to send activity again.</summary>
    ActivityTimeout,

    /// <summary>A request for what is missing arrives at the slice that sent the activity.</summary>
    ActivityRequest,
}

/// <summary>Packs what orders the events of one instant: kind, population, first unit.</summary>
internal static class EventOrder
{
    internal static ulong Of(EventKind kind, int population = 0, int firstUnit = 0) =>
        ((ulong)kind << 56) | ((ulong)(uint)population << 32) | (uint)firstUnit;

    internal static EventKind Kind(ulong order) => (EventKind)(order >> 56);
}
