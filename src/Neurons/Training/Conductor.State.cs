using Nudge.Checkpointing;

namespace Nudge.Training;

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
        writer.Write(_question);
        _curriculum.Save(writer);
        for (int lane = 0; lane < _lanes; lane++)
        {
            writer.Write(_sign[lane]);
            writer.Write(_positive[lane]);
        }

        _running.Save(writer);
        SaveEvaluations(writer);
        writer.Write(_pass is not null);
        _pass?.Save(writer);
        writer.Write(_present is not null);
        if (_present is not null)
            writer.WriteTag(_present);
        _coin?.Save(writer);
    }

    /// <summary>Reads back where the run stood.</summary>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _epoch = reader.ReadInt32();
        _phase = reader.ReadInt64();
        _round = reader.ReadInt64();
        _phaseOfStimulus = reader.ReadInt32();
        _question = reader.ReadInt32();
        _curriculum.Restore(reader);
        for (int lane = 0; lane < _lanes; lane++)
        {
            _sign[lane] = reader.ReadInt32();
            _positive[lane] = reader.ReadBoolean();
        }

        _running.Restore(reader);
        RestoreEvaluations(reader);
        _pass = reader.ReadBoolean() ? EvaluationPass.Restore(reader) : null;
        _present = reader.ReadBoolean() ? reader.ReadTag(_lanes) : null;
        if (_coin is null)
            return;
        _coin.Restore(reader);
        _prior = _coin.Prior;
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
