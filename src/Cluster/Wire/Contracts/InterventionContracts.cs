using MessagePack;
using Nudge.Actors;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Wire;

/// <summary>0 interventions: number, name and settings in turns.</summary>
internal sealed class MakeInterventionsContract() : Contract<MakeInterventions>("Im")
{
    private const int FieldsOfEntry = 3;

    protected override void Write(ref MessagePackWriter writer, MakeInterventions message, ValueFormat format)
    {
        writer.WriteArrayHeader(1);
        writer.WriteArrayHeader(FieldsOfEntry * message.Applied.Count);
        foreach (InterventionEntry one in message.Applied)
        {
            writer.Write(one.Number);
            writer.Write(one.Name);
            writer.Write(one.Settings);
        }
    }

    protected override MakeInterventions ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 1);
        int length = Fields.ListLength(ref reader);
        if (length % FieldsOfEntry != 0)
            throw new MessagePackSerializationException($"{length} fields are no list of interventions");
        var applied = new InterventionEntry[length / FieldsOfEntry];
        for (int i = 0; i < applied.Length; i++)
            applied[i] = new(reader.ReadInt32(), reader.ReadText(), reader.ReadText());
        fields.Close(ref reader);
        return new(applied);
    }
}

/// <summary>0 slice, 1 how many interventions it knows.</summary>
internal sealed class InterventionsMadeContract() : Contract<InterventionsMade>("Id")
{
    protected override void Write(ref MessagePackWriter writer, InterventionsMade message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Slice);
        writer.Write(message.Count);
    }

    protected override InterventionsMade ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new InterventionsMade(reader.ReadInt32(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>
/// 0 slice, 1 phase, 2 own time, 3 steps, 4 activity, 5 what it learned, 6 phases: phase, importance, beginning and what had been
/// learned before in turns.
/// </summary>
internal sealed class SliceViewedContract() : Contract<SliceViewed>("Iw")
{
    private const int FieldsOfVisit = 4;

    protected override void Write(ref MessagePackWriter writer, SliceViewed message, ValueFormat format)
    {
        SliceView view = message.View;
        writer.WriteArrayHeader(7);
        writer.Write(view.Slice);
        writer.WritePhase(view.Phase);
        writer.Write(view.LocalTau);
        writer.Write(view.Steps);
        ValueBlock.Write(ref writer, view.Activity as float[] ?? [.. view.Activity], ValueFormat.Exact);
        writer.WriteLearned(view.Learned);
        writer.WriteArrayHeader(FieldsOfVisit * view.Visits.Count);
        foreach (PhaseVisit visit in view.Visits)
        {
            writer.WritePhase(visit.Phase);
            writer.Write(visit.Importance);
            writer.Write(visit.From);
            writer.WriteLearned(visit.Before);
        }
    }

    protected override SliceViewed ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 7);
        int slice = reader.ReadInt32();
        PhaseNumber phase = reader.ReadPhase();
        double localTau = reader.ReadLocalTime();
        long steps = reader.ReadInt64();
        float[] activity = ValueBlock.Read(ref reader, ValueFormat.Exact);
        LearningTally learned = reader.ReadLearned();
        int length = Fields.ListLength(ref reader);
        if (length % FieldsOfVisit != 0)
            throw new MessagePackSerializationException($"{length} fields are no list of phases");
        var visits = new PhaseVisit[length / FieldsOfVisit];
        for (int i = 0; i < visits.Length; i++)
            visits[i] = new(reader.ReadPhase(), reader.ReadSingle(), reader.ReadLocalTime(), reader.ReadLearned());
        fields.Close(ref reader);
        return new(new(slice, phase, localTau, steps, activity, visits, learned));
    }
}
