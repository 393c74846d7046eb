using Nudge.Models;

namespace Nudge.Training;

/// <summary>One evaluation under way: a batch of examples after another, each batch for as many phases as a question takes.</summary>
internal sealed class EvaluationPass(long presentations, int examples)
{
    private int _begun;
    private int _first;
    private int _correct;
    private int _unanswered;
    private bool _answered = true;

    internal bool Finished => _begun >= examples && Part == 0;

    /// <summary>The phase of the question that comes next, or is under way.</summary>
    internal int Part { get; private set; }

    internal Evaluation Result => new(presentations, examples, _correct, _unanswered);

    internal static EvaluationPass Restore(BinaryReader reader)
    {
        var pass = new EvaluationPass(reader.ReadInt64(), reader.ReadInt32());
        pass._begun = reader.ReadInt32();
        pass._first = reader.ReadInt32();
        pass._correct = reader.ReadInt32();
        pass._unanswered = reader.ReadInt32();
        pass._answered = reader.ReadBoolean();
        pass.Part = reader.ReadInt32();
        return pass;
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
            if (!_answered)
                _unanswered++;
            else if (curriculum.AnswerOf(lane) == curriculum.Labels[lane])
                _correct++;
        }
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(presentations);
        writer.Write(examples);
        writer.Write(_begun);
        writer.Write(_first);
        writer.Write(_correct);
        writer.Write(_unanswered);
        writer.Write(_answered);
        writer.Write(Part);
    }
}
