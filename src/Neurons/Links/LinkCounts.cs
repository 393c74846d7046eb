namespace Nudge.Links;

/// <summary>What the sender and the link know of a link's messages; the receiver keeps its own count.</summary>
public struct LinkCounts : IEquatable<LinkCounts>
{
    /// <summary>Messages that the sender sent.</summary>
    public long Sent { get; set; }

    /// <summary>Messages that the link lost by its loss law.</summary>
    public long Lost { get; set; }

    /// <summary>Messages that the link lost while it was cut.</summary>
    public long Cut { get; set; }

    /// <summary>Copies that the link made beyond the first.</summary>
    public long Duplicated { get; set; }

    /// <summary>Whether two counts are equal.</summary>
    public static bool operator ==(LinkCounts a, LinkCounts b) => a.Equals(b);

    /// <summary>Whether two counts differ.</summary>
    public static bool operator !=(LinkCounts a, LinkCounts b) => !a.Equals(b);

    /// <inheritdoc/>
    public readonly bool Equals(LinkCounts other) =>
        Sent == other.Sent && Lost == other.Lost && Cut == other.Cut && Duplicated == other.Duplicated;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is LinkCounts other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Sent, Lost, Cut, Duplicated);

    /// <summary>Writes the counts.</summary>
    public readonly void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Sent);
        writer.Write(Lost);
        writer.Write(Cut);
        writer.Write(Duplicated);
    }

    /// <summary>Reads the counts back.</summary>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Sent = reader.ReadInt64();
        Lost = reader.ReadInt64();
        Cut = reader.ReadInt64();
        Duplicated = reader.ReadInt64();
    }
}
