namespace Nudge.Reproductions;

/// <summary>What <c>nudge reproduce</c> was asked to do.</summary>
public sealed record ReproduceRequest
{
    /// <summary>Whether in the quick form.</summary>
    public bool Quick { get; init; }

    /// <summary>Runs of each arm, or null for the definition's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>Runs at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>Folder to write to, which must not exist; null for a fresh one.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of data files.</summary>
    public string? Data { get; init; }
}
