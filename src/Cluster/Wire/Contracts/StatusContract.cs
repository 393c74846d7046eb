using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>
/// 0 place, 1 members (0 place, 1 roles, 2 status, 3 whether reachable), 2 runs (0 run, 1 coordinator, 2 slices (0 slice,
/// 1 name, 2 incarnation, 3 whether started, 4 sent, 5 delivered, 6 lost, 7 missing, 8 waiting)).
/// </summary>
internal sealed class StatusContract() : Contract<NodeStatus>("Nz")
{
    protected override void Write(ref MessagePackWriter writer, NodeStatus message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Place);
        writer.WriteArrayHeader(message.Members.Count);
        foreach (MemberView member in message.Members)
        {
            writer.WriteArrayHeader(4);
            writer.Write(member.Place);
            writer.WriteTexts(member.Roles);
            writer.Write(member.Status);
            writer.Write(member.Reachable);
        }

        writer.WriteArrayHeader(message.Runs.Count);
        foreach (RunStatus run in message.Runs)
        {
            writer.WriteArrayHeader(3);
            writer.Write(run.Run);
            writer.Write(run.Coordinator);
            writer.WriteArrayHeader(run.Slices.Count);
            foreach (SliceStatus slice in run.Slices)
                WriteSlice(ref writer, slice);
        }
    }

    protected override NodeStatus ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var status = new NodeStatus(reader.ReadText(), ReadMembers(ref reader), ReadRuns(ref reader));
        fields.Close(ref reader);
        return status;
    }

    private static void WriteSlice(ref MessagePackWriter writer, SliceStatus slice)
    {
        writer.WriteArrayHeader(9);
        writer.Write(slice.Slice);
        writer.Write(slice.Name);
        writer.Write(slice.Incarnation);
        writer.Write(slice.Alive);
        writer.Write(slice.Sent);
        writer.Write(slice.Delivered);
        writer.Write(slice.Lost);
        writer.Write(slice.Missing);
        writer.Write(slice.Waiting);
    }

    private static List<MemberView> ReadMembers(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var members = new List<MemberView>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 4);
            members.Add(new(reader.ReadText(), reader.ReadTexts(), reader.ReadText(), reader.ReadBoolean()));
            fields.Close(ref reader);
        }

        return members;
    }

    private static List<RunStatus> ReadRuns(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var runs = new List<RunStatus>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 3);
            runs.Add(new(reader.ReadText(), reader.ReadText(), ReadSlices(ref reader)));
            fields.Close(ref reader);
        }

        return runs;
    }

    private static List<SliceStatus> ReadSlices(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var slices = new List<SliceStatus>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 9);
            slices.Add(new(
                reader.ReadInt32(),
                reader.ReadText(),
                reader.ReadInt32(),
                reader.ReadBoolean(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64()));
            fields.Close(ref reader);
        }

        return slices;
    }
}
