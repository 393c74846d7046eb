using Nudge.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nudge.Reports;

/// <summary>Two lines that are redrawn, for a terminal: a bar with the place, and the details below it.</summary>
internal sealed class LiveProgress : IProgressDisplay
{
    private const int BarWidth = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Pace _pace;
    private readonly TaskCompletionSource _over = new();
    private LiveDisplayContext? _live;
    private Task? _display;
    private long _last;

    internal LiveProgress(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _pace = new(time);
    }

    public void Show(RunProgress progress)
    {
        _pace.Mark(progress);
        bool first = _display is null;
        if (_over.Task.IsCompleted || (!first && _time.GetElapsedTime(_last) < Pause))
            return;
        _last = _time.GetTimestamp();
        IRenderable picture = Picture(progress);
        if (first)
            _display = Begin(picture);
        _live?.UpdateTarget(picture);
    }

    public void Say(string sentence) => _console.Write(new Sentence(VisibleText.Of(sentence)));

    public void Warn(string warning) => Say(warning);

    public void Dispose()
    {
        // The display owns the console until its task ends; only then may the summary be printed.
        if (_over.TrySetResult())
            _display?.GetAwaiter().GetResult();
    }

    private Task Begin(IRenderable picture) => _console.Live(picture).AutoClear(true).StartAsync(live =>
    {
        _live = live;
        return _over.Task;
    });

    private Rows Picture(RunProgress progress)
    {
        int filled = (int)(BarWidth * progress.Done);
        string bar = $"[blue]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
        return new(
            new Markup($"{bar} {ProgressText.Place(progress).EscapeMarkup()}"),
            new Text(ProgressText.Details(progress, _pace), new Style(Color.Grey)));
    }

    // Written over the bar, which Spectre moves down but does not erase.
    private sealed class Sentence(string text) : Renderable
    {
        private const string EraseToEnd = "\u001b[K";

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => options.Ansi
            ? [new(text), Segment.Control(EraseToEnd), Segment.LineBreak]
            : [new(text), Segment.LineBreak];
    }
}
