using Nudge.Training;

namespace Nudge.Running;

/// <summary>Shows people on standard error how a run goes. Removed from the screen when disposed.</summary>
public interface IProgressDisplay : IDisposable
{
    /// <summary>Shows how far the run is; may be called as often as one likes.</summary>
    void Show(RunProgress progress);

    /// <summary>Shows a sentence.</summary>
    void Say(string sentence);

    /// <summary>Shows a warning, also where nothing else is shown.</summary>
    void Warn(string warning);
}

/// <summary>How far a run is.</summary>
/// <param name="Presentations">Stimuli shown in training so far.</param>
/// <param name="Total">Stimuli in the whole run.</param>
/// <param name="RunningAccuracy">Share of correct answers in training of late, or not-a-number.</param>
/// <param name="Accuracy">Share of correct answers of the last evaluation, or null.</param>
/// <param name="LostShare">Share of the messages that were lost so far, or null.</param>
public sealed record RunProgress(
    long Presentations, long Total, double RunningAccuracy, double? Accuracy, double? LostShare)
{
    /// <summary>The evaluation that is under way, or null.</summary>
    public EvaluationProgress? Evaluating { get; init; }

    /// <summary>The part of the run that is done, 0 to 1.</summary>
    public double Done => Total == 0 ? 1 : Math.Min(1, (double)Presentations / Total);
}
