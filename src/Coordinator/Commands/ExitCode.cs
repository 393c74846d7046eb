namespace Nudge.Commands;

/// <summary>The exit codes of the program.</summary>
public static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>It was begun and failed.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for cannot be done as asked; nothing was begun.</summary>
    public const int BadInput = 2;

    /// <summary>A node that the others removed from the cluster.</summary>
    public const int Removed = 3;

    /// <summary>It was interrupted; what was reached is saved.</summary>
    public const int Interrupted = 130;
}

/// <summary>How long the program may go on after a signal. Who stops it must wait longer before killing it.</summary>
internal static class Termination
{
    // Time to save and to leave in order: writing the last checkpoint must not be cut short.
    internal static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
}
