using Nudge.Running;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>Chooses how to show progress.</summary>
public static class ProgressDisplays
{
    /// <summary>A live display on a terminal, plain lines elsewhere, warnings only when quiet.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="quiet">Whether to show nothing but warnings.</param>
    /// <param name="time">Measures speed and holds back lines.</param>
    public static IProgressDisplay Create(TextWriter error, bool isTerminal, bool quiet, TimeProvider time)
    {
        if (quiet)
            return new QuietProgress(error);
        return isTerminal
            ? new LiveProgress(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(error) }), time)
            : new PlainProgress(error, time);
    }
}

/// <summary>Shows warnings and nothing else.</summary>
internal sealed class QuietProgress(TextWriter error) : IProgressDisplay
{
    public void Show(RunProgress progress)
    {
    }

    public void Say(string sentence)
    {
    }

    public void Warn(string warning) => error.WriteLine(VisibleText.Of(warning));

    public void Dispose() => error.Flush();
}
