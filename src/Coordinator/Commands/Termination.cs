namespace Nudge.Commands;

/// <summary>How long the program may go on after a signal. Who stops it must wait longer before killing it.</summary>
internal static class Termination
{
    // Time to save and to leave in order: writing the last checkpoint must not be cut short.
    internal static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
}
