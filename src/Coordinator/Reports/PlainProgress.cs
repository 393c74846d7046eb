using Nudge.Running;

namespace Nudge.Reports;

/// <summary>Plain lines for pipes and files: one for each 5 % of the run, or to show that a slow run goes on.</summary>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : IProgressDisplay
{
    private const double Stride = 0.05;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly Pace _pace = new(time);
    private long _lastTime = time.GetTimestamp();
    private double _lastDone;
    private double? _lastAccuracy;

    public void Show(RunProgress progress)
    {
        _pace.Mark(progress);
        TimeSpan since = time.GetElapsedTime(_lastTime);
        bool news = _lastDone < 1 || progress.Accuracy != _lastAccuracy;
        bool far = progress.Done >= _lastDone + Stride || (progress.Done >= 1 && news);
        if (since < Pause || !(far || since >= Silence))
            return;
        _lastTime = time.GetTimestamp();
        _lastDone = progress.Done;
        _lastAccuracy = progress.Accuracy;
        output.WriteLine($"{ProgressText.Place(progress)}, {ProgressText.Details(progress, _pace)}");
    }

    public void Say(string sentence) => output.WriteLine(VisibleText.Of(sentence));

    public void Warn(string warning) => Say(warning);

    public void Dispose() => output.Flush();
}
