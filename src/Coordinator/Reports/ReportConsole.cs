using Spectre.Console;

namespace Nudge.Reports;

/// <summary>Where reports are printed: in colour on a terminal, and unbroken where programs read.</summary>
internal static class ReportConsole
{
    // Nothing is broken in two where programs read: no path is this long.
    private const int PipeWidth = 4096;

    internal static IAnsiConsole Create(TextWriter output, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isTerminal)
            console.Profile.Width = PipeWidth;
        console.Pipeline.Attach(new VisibleSegments());
        return console;
    }
}
