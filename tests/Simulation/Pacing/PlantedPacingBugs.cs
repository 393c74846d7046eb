namespace Nudge.Simulation.Pacing;

/// <summary>The bugs by which the simulator of pacing is judged.</summary>
internal static class PlantedPacingBugs
{
    /// <summary>One that changes what is told or sent.</summary>
    internal sealed class MessageBug : PacingBug
    {
    }
}
