namespace Nudge.Reports;

/// <summary>Shows people on standard error how a run goes. Removed from the screen when disposed.</summary>
public interface IProgressDisplay : IDisposable
{
    /// <summary>Shows how far the run is; may be called as often as one likes.</summary>
    void Show(RunProgress progress);

    /// <summary>Shows a sentence.</summary>
    void Say(string sentence);
}
