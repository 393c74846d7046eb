namespace Nudge.Reports;

/// <summary>Hands on how many stimuli a run has shown, and nothing else.</summary>
internal sealed class PresentationsProgress(Action<long> shown) : IProgressDisplay
{
    public void Show(RunProgress progress) => shown(progress.Presentations);

    public void Say(string sentence)
    {
    }

    public void Dispose()
    {
    }
}
