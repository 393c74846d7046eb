namespace Nudge.Reports;

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
