using Nudge.Running;

namespace Nudge.Reports;

/// <summary>Shows people how a run goes.</summary>
public interface IProgressDisplay : IDisposable
{
    /// <summary>Shows how far the run is.</summary>
    /// <param name="state">The run.</param>
    /// <param name="total">Presentations in the whole run.</param>
    /// <param name="elapsed">Wall time in this session.</param>
    void Show(RunState state, long total, TimeSpan elapsed);

    /// <summary>Shows a sentence.</summary>
    void Say(string sentence);
}
