namespace Nudge.Audit;

/// <summary>What an experiment does to the places that it is about, at every phase boundary.</summary>
internal enum Tampering
{
    /// <summary>Nothing; it only looks.</summary>
    None,

    /// <summary>They become as a fresh rule has them.</summary>
    Fresh,

    /// <summary>Whatever they hold becomes useless.</summary>
    Poison,
}
