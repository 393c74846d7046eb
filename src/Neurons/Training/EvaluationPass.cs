using Nudge.Models;
using Nudge.State;

namespace Nudge.Training;

/// <summary>One evaluation under way: a batch of examples after another, each batch for as many phases as a question takes.</summary>
internal sealed class EvaluationPass(long presentations, int examples, double tolerance) : IStateful
{
    private int _begun;
    private int _first;
    private int _correct;
    private int _unanswered;
    private int _undecided;
    private bool _answered = true;
    private double _squares;
    private int _measured;

    internal bool Finished => _begun >= examples && Part == 0;

    /// <summary>The phase of the question that comes next, or is under way.</summary>
    internal int Part { get; private set; }

    internal EvaluationProgress Progress => new(Math.Min(_begun, examples), examples);

    internal Evaluation Result => new(presentations, examples, _correct, _unanswered)
    {
        Undecided = _undecided,
        MeanSquaredError = _measured == 0 ? null : _squares / _measured,
    };

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Item(1, ref presentations);
        state.Item(2, ref examples);
        state.Item(3, ref _begun);
        state.Item(4, ref _first);
        state.Item(5, ref _correct);
        state.Item(6, ref _unanswered);
        state.Item(7, ref _answered);
        Part = state.Item(8, Part);
        if (state.Has(9))
            state.Item(9, ref _undecided);
        if (!state.Has(10))
            return;
        state.Item(10, ref _squares);
        state.Item(11, ref _measured);
        state.Item(12, ref tolerance);
    }

    internal int Begin(int lanes)
    {
        _first = _begun;
        _begun += lanes;
        _answered = true;
        return _first;
    }

    internal void EndPart(bool answered, Curriculum curriculum)
    {
        _answered &= answered;
        curriculum.EndPart(Part++);
        if (Part < curriculum.Parts)
            return;
        Part = 0;
        for (int lane = 0; lane < curriculum.Labels.Length && _first + lane < examples; lane++)
        {
            double? squared = _answered ? curriculum.SquaredErrorOf(lane) : null;
            _squares += squared ?? 0;
            _measured += squared is null ? 0 : 1;
            if (!_answered)
                _unanswered++;
            else if (squared is null && curriculum.AnswerOf(lane) == Curriculum.NoAnswer)
                _undecided++;
            else if (curriculum.IsCorrect(lane, tolerance))
                _correct++;
        }
    }
}
