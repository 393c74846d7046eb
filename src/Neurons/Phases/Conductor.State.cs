using Nudge.Checkpointing;
using Nudge.Signals;

namespace Nudge.Phases;

/// <content>Where a run stands, so that it can go on from there to the same bits.</content>
public sealed partial class Conductor
{
    /// <summary>Writes where the run stands.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_epoch);
        writer.Write(_phase);
        writer.Write(_round);
        writer.Write(_phaseOfStimulus);
        writer.Write(_stimulus.Values.Length);
        writer.WriteFloats(_stimulus.Values);
        writer.Write(_targets.Length);
        writer.WriteFloats(_targets);
        for (int lane = 0; lane < _lanes; lane++)
        {
            writer.Write(_labels[lane]);
            writer.Write(_positive[lane]);
        }

        _running.Save(writer);
        SaveEvaluations(writer);
        writer.Write(_pass is not null);
        _pass?.Save(writer);
        writer.Write(_present is not null);
        if (_present is not null)
            writer.WriteTag(_present);
    }

    /// <summary>Reads back where the run stood.</summary>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _epoch = reader.ReadInt32();
        _phase = reader.ReadInt64();
        _round = reader.ReadInt64();
        _phaseOfStimulus = reader.ReadInt32();
        _stimulus = ActivityFrame.Of(ReadArray(reader));
        _targets = ReadArray(reader);
        for (int lane = 0; lane < _lanes; lane++)
        {
            _labels[lane] = reader.ReadInt32();
            _positive[lane] = reader.ReadBoolean();
        }

        _running.Restore(reader);
        RestoreEvaluations(reader);
        _pass = reader.ReadBoolean() ? EvaluationPass.Restore(reader) : null;
        _present = reader.ReadBoolean() ? reader.ReadTag(_lanes) : null;
    }

    private float[] ReadArray(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        int largest = _lanes * Math.Max(_network.Input.Size, _network.Output.Size);
        if (length < 0 || length > largest)
            throw new InvalidDataException($"The checkpoint holds {length} values where at most {largest} fit.");
        float[] values = new float[length];
        reader.ReadFloats(values);
        return values;
    }

    private void SaveEvaluations(BinaryWriter writer)
    {
        writer.Write(_evaluations.Count);
        foreach (Evaluation evaluation in _evaluations)
        {
            writer.Write(evaluation.Presentations);
            writer.Write(evaluation.Examples);
            writer.Write(evaluation.Correct);
            writer.Write(evaluation.Unanswered);
        }
    }

    private void RestoreEvaluations(BinaryReader reader)
    {
        _evaluations.Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            _evaluations.Add(new(reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()));
    }
}
