using Nudge.Running;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>Chooses how to show progress.</summary>
public static class ProgressDisplays
{
    /// <summary>A live display on a terminal, plain lines elsewhere, nothing when quiet.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="quiet">Whether to show nothing at all.</param>
    /// <param name="time">Measures speed and holds back lines.</param>
    public static IProgressDisplay Create(TextWriter error, bool isTerminal, bool quiet, TimeProvider time)
    {
        if (quiet)
            return new SilentProgress();
        return isTerminal
            ? new LiveProgress(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(error) }), time)
            : new PlainProgress(error, time);
    }
}

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgress : IProgressDisplay
{
    public void Show(RunProgress progress)
    {
    }

    public void Say(string sentence)
    {
    }

    public void Dispose()
    {
    }
}
