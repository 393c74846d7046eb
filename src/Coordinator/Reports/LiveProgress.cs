using Nudge.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nudge.Reports;

/// <summary>
/// What is redrawn on a terminal: a bar with the place, the details below it, and the learning curve of a run where there is room.
/// </summary>
internal sealed class LiveProgress : IProgressDisplay
{
    private const int BarWidth = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Pace _pace;
    private readonly RecentRates _rates;
    private TaskCompletionSource _over = new();
    private LiveDisplayContext? _live;
    private Task? _display;
    private (int Width, int Height) _size;
    private bool _ended;
    private long _last;

    internal LiveProgress(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _pace = new(time);
        _rates = new(time);
    }

    public bool ShowsMessages => true;

    public void Show(RunProgress progress)
    {
        _pace.Mark(progress);
        bool first = _display is null;
        if (_ended || (!first && _time.GetElapsedTime(_last) < Pause))
            return;
        _last = _time.GetTimestamp();
        _rates.Mark(progress);
        (int Width, int Height) size = (_console.Profile.Width, _console.Profile.Height);
        // A display keeps the largest size that it ever had, which another terminal size would break into further lines.
        if (size != _size)
            End();
        _size = size;
        IRenderable picture = Picture(progress);
        _display ??= Begin(picture);
        _live?.UpdateTarget(picture);
    }

    public void Say(string sentence) => _console.Write(new Sentence(VisibleText.Of(sentence)));

    public void Warn(string warning) => Say(warning);

    public void Dispose()
    {
        _ended = true;
        End();
    }

    private Task Begin(IRenderable picture) => _console.Live(picture).AutoClear(true).StartAsync(live =>
    {
        _live = live;
        return _over.Task;
    });

    // The display owns the console until its task ends; only then may anything else be drawn in its place.
    private void End()
    {
        _over.TrySetResult();
        _display?.GetAwaiter().GetResult();
        _display = null;
        _live = null;
        _over = new();
    }

    private Rows Picture(RunProgress progress)
    {
        int filled = (int)(BarWidth * progress.Done);
        string bar = $"[blue]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
        var place = new Markup($"{bar} {ProgressText.Place(progress).EscapeMarkup()}");
        var details = new Text(ProgressText.Details(progress, _pace), new Style(Color.Grey));
        return progress.Samples.Count > 0
            ? new(place, details, new TerminalCurve(progress, _rates.Text))
            : new(place, details);
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
