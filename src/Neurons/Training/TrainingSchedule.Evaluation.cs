using Nudge.Phases;

namespace Nudge.Training;

/// <content>When held-out examples are shown, and how.</content>
public sealed partial class TrainingSchedule
{
    private bool _evaluatesOnce;

    /// <summary>The evaluation that is under way, or null.</summary>
    public EvaluationProgress? Evaluating => _pass?.Progress;

    /// <summary>
    /// Whether the phase that ends next is followed by an evaluation. An engine that evaluates on a copy of the network
    /// asks before it ends the phase, and hands in the result.
    /// </summary>
    internal bool EvaluationIsNext => _pass is null && ExamplesDue() is not null;

    /// <summary>Adds an evaluation that was made on a copy of the network.</summary>
    internal void Add(Evaluation made) => _evaluations.Add(made);

    /// <summary>
    /// A schedule of the same run that is over after its next evaluation; it is to be given the state of this one.
    /// </summary>
    internal TrainingSchedule CreateEvaluation() => new(_network, _run, _training, _heldOut) { _evaluatesOnce = true };

    private bool HasReachedTarget => _run.UntilAccuracy is double least && _evaluations.Exists(one => one.Accuracy >= least);

    private int? ExamplesDue()
    {
        if (!_curriculum.CanAnswer || _phaseOfStimulus != 0 || _question != NotAsking)
            return null;
        long before = _evaluations.Count == 0 ? 0 : _evaluations[^1].Presentations;
        bool last = HasShownAll;
        if (last && IsClosed && !IsJudged(before))
            return _heldOut.Count;
        bool due = _run.EvaluateEvery > 0 && Presentations / _run.EvaluateEvery > before / _run.EvaluateEvery;
        return due && !last ? Math.Min(_run.EvaluateExamples, _heldOut.Count) : null;
    }

    // The evaluation that found the target reached may have taken fewer examples than the last one takes.
    private bool IsJudged(long before) => _evaluations.Count > 0 && before == Presentations
        && (Presentations >= _run.Presentations || _evaluations[^1].Examples == _heldOut.Count);

    private PhaseProgram BeginEvaluationPhase(EvaluationPass pass)
    {
        if (pass.Part == 0)
        {
            int first = pass.Begin(_lanes);
            _curriculum.Show(_heldOut, lane => Math.Min(first + lane, _heldOut.Count - 1));
            _curriculum.ForgetAnswers();
        }

        return Ask(pass.Part, QuestionLength);
    }
}
