using System.Diagnostics;

namespace Nudge.Actors;

/// <summary>What the memory of a process that hosts slices came to.</summary>
/// <param name="Node">Its name: its address, or that it is the program itself.</param>
/// <param name="PeakBytes">The most that was resident at one time since it began.</param>
public sealed record NodeMemory(string Node, long PeakBytes)
{
    /// <summary>This process, as it hosts all slices itself.</summary>
    public static NodeMemory OfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new("here", process.PeakWorkingSet64);
    }
}
