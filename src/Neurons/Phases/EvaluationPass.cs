namespace Nudge.Phases;

/// <summary>One evaluation under way.</summary>
internal sealed class EvaluationPass(long presentations, int examples)
{
    private int _begun;
    private int _first;
    private int _correct;
    private int _unanswered;

    internal bool Finished => _begun >= examples;

    internal Evaluation Result => new(presentations, examples, _correct, _unanswered);

    internal static EvaluationPass Restore(BinaryReader reader)
    {
        var pass = new EvaluationPass(reader.ReadInt64(), reader.ReadInt32());
        pass._begun = reader.ReadInt32();
        pass._first = reader.ReadInt32();
        pass._correct = reader.ReadInt32();
        pass._unanswered = reader.ReadInt32();
        return pass;
    }

    internal int Begin(int lanes)
    {
        _first = _begun;
        _begun += lanes;
        return _first;
    }

    internal void Score(bool answered, ReadOnlySpan<float> output, ReadOnlySpan<int> labels, int classes)
    {
        for (int lane = 0; lane < labels.Length && _first + lane < examples; lane++)
        {
            if (!answered)
                _unanswered++;
            else if (Answer.Of(output.Slice(lane * classes, classes)) == labels[lane])
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
    }
}
