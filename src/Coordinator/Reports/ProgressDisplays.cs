using Nudge.Running;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgress : IProgressDisplay
{
    public void Show(RunState state, long total, TimeSpan elapsed)
    {
    }

    public void Say(string sentence)
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>Plain lines, for pipes and files: one every few seconds.</summary>
internal sealed class PlainProgress(TextWriter output, long atStart) : IProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ProgressLine _line = new(atStart);
    private TimeSpan _next;

    public void Show(RunState state, long total, TimeSpan elapsed)
    {
        if (elapsed < _next)
            return;
        _next = elapsed + Pause;
        output.WriteLine(_line.Of(state, total, elapsed));
    }

    public void Say(string sentence) => output.WriteLine(sentence);

    public void Dispose()
    {
    }
}

/// <summary>One line that renews itself, for a terminal.</summary>
internal sealed class TerminalProgress(IAnsiConsole console, long atStart) : IProgressDisplay
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private readonly ProgressLine _line = new(atStart);
    private TimeSpan _next;
    private bool _shown;

    public void Show(RunState state, long total, TimeSpan elapsed)
    {
        if (elapsed < _next)
            return;
        _next = elapsed + Pause;
        int filled = total == 0 ? BarWidth : (int)(BarWidth * Math.Min(1, (double)state.Presentations / total));
        string bar = $"[blue]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
        Renew($"{bar} {Markup.Escape(_line.Of(state, total, elapsed))}");
    }

    public void Say(string sentence)
    {
        Erase();
        console.MarkupLine(Markup.Escape(sentence));
    }

    public void Dispose() => Erase();

    private void Renew(string markup)
    {
        Erase();
        console.Markup(markup);
        _shown = true;
    }

    private void Erase()
    {
        if (_shown)
            console.Write(new ControlCode("\r\u001b[2K"));
        _shown = false;
    }
}
