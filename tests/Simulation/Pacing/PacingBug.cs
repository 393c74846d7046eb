namespace Nudge.Simulation.Pacing;

/// <summary>A fault of the program itself, planted at the seams of pacing; this one changes nothing.</summary>
internal class PacingBug
{
    /// <summary>A slice is about to be told of a message; null where it is not.</summary>
    internal virtual object? ToSlice(SimulatedSlice slice, object message) => message;

    /// <summary>A slice is about to send a message; null where it does not.</summary>
    internal virtual object? FromSlice(SimulatedSlice slice, object message) => message;

    /// <summary>A slice has taken in a message.</summary>
    internal virtual void After(SimulatedSlice slice, object message)
    {
    }

    /// <summary>The actor of a slice has been restarted.</summary>
    internal virtual void Restarted(SimulatedSlice slice)
    {
    }

    /// <summary>The coordinator is about to be told of a message; null where it is not.</summary>
    internal virtual object? ToCoordinator(SimulatedCoordinator coordinator, object message) => message;

    /// <summary>The coordinator is about to send a message; null where it does not.</summary>
    internal virtual object? FromCoordinator(int slice, object message) => message;

    /// <summary>The coordinator has taken in a message.</summary>
    internal virtual void After(SimulatedCoordinator coordinator, object message)
    {
    }
}
