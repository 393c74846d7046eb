using Nudge.Checkpointing;

namespace Nudge.Synapses;

/// <content>The synapses in checkpoints.</content>
public sealed partial class SynapseGroup
{
    /// <summary>Writes weights, what was heard, and the current that was summed from it.</summary>
    internal void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteFloats(Weights.Storage);
        if (_sum is not null)
            writer.WriteFloats(_sum.Storage);
        _adam?.Save(writer);
        writer.WriteFloats(_heard);
        writer.WriteFloats(_current);
        writer.Write(_represented is not null);
        if (_represented is not null)
            writer.WriteFloats(_represented);
        writer.Write(HeardVersion);
        writer.Write(_representedVersion);
        writer.Write(_weightsChanged);
        Rate.Save(writer);
    }

    /// <summary>Reads back what <see cref="Save"/> wrote.</summary>
    internal void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.ReadFloats(Weights.Storage);
        if (_sum is not null)
            reader.ReadFloats(_sum.Storage);
        _adam?.Restore(reader);
        reader.ReadFloats(_heard);
        reader.ReadFloats(_current);
        if (reader.ReadBoolean())
            reader.ReadFloats(_represented);
        HeardVersion = reader.ReadInt64();
        _representedVersion = reader.ReadInt64();
        _weightsChanged = reader.ReadBoolean();
        _listedVersion = -1;
        Rate.Restore(reader);
    }
}
