namespace Nudge.Training;

/// <summary>How much a run trains and when it evaluates.</summary>
/// <param name="Presentations">Stimuli shown in all lanes together.</param>
/// <param name="EvaluateEvery">Presentations between two evaluations during training; 0 for none.</param>
/// <param name="EvaluateExamples">Held-out examples of an evaluation during training; the last one takes all.</param>
/// <param name="EvaluateLength">Length of each phase of an evaluation, in τ; null for the mean of the phases in training.</param>
/// <param name="UntilAccuracy">Share of correct answers at which an evaluation during training ends it; null for none.</param>
/// <param name="ClassBlock">Stimuli of one class in a row; 0 for examples of all classes mixed.</param>
/// <param name="Tolerance">How far each output may be from its target value for an answer to be correct; not read for classes.</param>
public sealed record RunPlan(
    long Presentations,
    long EvaluateEvery,
    int EvaluateExamples,
    double? EvaluateLength = null,
    double? UntilAccuracy = null,
    int ClassBlock = 0,
    double Tolerance = 0.1);

/// <summary>How far an evaluation is.</summary>
/// <param name="Shown">Held-out examples shown so far.</param>
/// <param name="Examples">Held-out examples of the whole evaluation.</param>
public readonly record struct EvaluationProgress(int Shown, int Examples);

/// <summary>
/// One evaluation on held-out examples, shown in free phases. In virtual time they go through a copy of the network, and
/// training does not notice; elsewhere they go through the network itself, which goes on from there.
/// </summary>
/// <param name="Presentations">Stimuli shown before it.</param>
/// <param name="Examples">Held-out examples shown.</param>
/// <param name="Correct">How many were answered correctly.</param>
/// <param name="Unanswered">How many phases ended before the output had received them; these count as wrong.</param>
public sealed record Evaluation(long Presentations, int Examples, int Correct, int Unanswered)
{
    /// <summary>
    /// How many phases ended with an output that named no class, since its two largest values were equal or it was silent;
    /// these count as wrong.
    /// </summary>
    public int Undecided { get; init; }

    /// <summary>
    /// Mean over the answered examples and the outputs of the squared distance from the target value; null where examples have classes, or
    /// none was answered.
    /// </summary>
    public double? MeanSquaredError { get; init; }

    /// <summary>Messages sent for it through a copy of the network: none of them is in the ledger of the run.</summary>
    public long Messages { get; init; }

    /// <summary>Share of correct answers.</summary>
    public double Accuracy => Examples == 0 ? 0 : (double)Correct / Examples;
}
