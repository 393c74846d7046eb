using Nudge.Links;
using Nudge.Recording;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>Shows people on standard error how a run goes. Removed from the screen when disposed.</summary>
public interface IProgressDisplay : IDisposable
{
    /// <summary>Whether it shows what became of messages, which is read for this alone.</summary>
    bool ShowsMessages => false;

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

    /// <summary>Time that has passed for the network, in τ, or null.</summary>
    public double? Tau { get; init; }

    /// <summary>Messages so far, or null.</summary>
    public MessageCounts? Messages { get; init; }

    /// <summary>Samples so far, the earliest first.</summary>
    public IReadOnlyList<MetricsRow> Samples { get; init; } = [];

    /// <summary>Stimuli shown before each of the interventions so far.</summary>
    public IReadOnlyList<long> Interventions { get; init; } = [];

    /// <summary>The part of the run that is done, 0 to 1.</summary>
    public double Done => Total == 0 ? 1 : Math.Min(1, (double)Presentations / Total);
}

/// <summary>Messages of all links together.</summary>
/// <param name="Sent">Messages sent.</param>
/// <param name="Lost">Those that did not arrive: lost by a law, cut, or lost by a real network.</param>
public sealed record MessageCounts(long Sent, long Lost)
{
    /// <summary>Sums the counters of links.</summary>
    internal static MessageCounts Of(IReadOnlyList<LedgerEntry> links) =>
        new(links.Sum(link => link.Sent), links.Sum(link => link.Lost + link.Cut + link.RealLost));
}
