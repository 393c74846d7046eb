namespace Nudge.Signals;

/// <summary>Names one phase: newer means lexicographically greater, so a resumed run is never taken for an old one.</summary>
/// <param name="Epoch">How often the run was resumed.</param>
/// <param name="Number">The coordinator's count of phases, from 1.</param>
public readonly record struct PhaseNumber(int Epoch, long Number) : IComparable<PhaseNumber>
{
    /// <summary>Older than every phase.</summary>
    public static PhaseNumber None { get; }

    /// <summary>The older of two.</summary>
    public static PhaseNumber Older(PhaseNumber a, PhaseNumber b) => a < b ? a : b;

    /// <inheritdoc/>
    public int CompareTo(PhaseNumber other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>Whether this phase comes right after another of the same run epoch.</summary>
    public bool Follows(PhaseNumber other) => Epoch == other.Epoch && Number == other.Number + 1;

    /// <summary>Whether a is older than b.</summary>
    public static bool operator <(PhaseNumber a, PhaseNumber b) => a.CompareTo(b) < 0;

    /// <summary>Whether a is newer than b.</summary>
    public static bool operator >(PhaseNumber a, PhaseNumber b) => a.CompareTo(b) > 0;

    /// <summary>Whether a is not newer than b.</summary>
    public static bool operator <=(PhaseNumber a, PhaseNumber b) => a.CompareTo(b) <= 0;

    /// <summary>Whether a is not older than b.</summary>
    public static bool operator >=(PhaseNumber a, PhaseNumber b) => a.CompareTo(b) >= 0;
}
