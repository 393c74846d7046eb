namespace Nudge.Signals;

/// <summary>
/// The neuromodulator: informs a synapse which phase it is in and how to weigh it (theory §5). Every message of one
/// phase shares one tag.
/// </summary>
public sealed class PhaseTag
{
    private readonly float[] _importance;

    /// <summary>Makes the tag of one phase.</summary>
    /// <param name="phase">Its number.</param>
    /// <param name="stimulus">The number of the stimulus shown, one for all lanes.</param>
    /// <param name="importance">Signed importance per lane; copied.</param>
    public PhaseTag(PhaseNumber phase, long stimulus, ReadOnlySpan<float> importance)
    {
        Phase = phase;
        Stimulus = stimulus;
        _importance = importance.ToArray();
        foreach (float g in importance)
            Learns |= g != 0;
    }

    /// <summary>The tag before any phase: it teaches nothing.</summary>
    /// <param name="lanes">Number of lanes.</param>
    public static PhaseTag Before(int lanes) => new(PhaseNumber.None, -1, new float[lanes]);

    /// <summary>The number of the phase.</summary>
    public PhaseNumber Phase { get; }

    /// <summary>The number of the stimulus shown.</summary>
    public long Stimulus { get; }

    /// <summary>
    /// Signed importance of each lane, as drawn: +1/b in a positive, −1/(1−b) in a negative phase (theory §2), 0 where
    /// nothing is to be learned.
    /// </summary>
    public ReadOnlySpan<float> Importance => _importance;

    /// <summary>Whether any lane is to be learned from.</summary>
    public bool Learns { get; }
}
