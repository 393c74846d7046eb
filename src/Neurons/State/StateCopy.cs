namespace Nudge.State;

/// <summary>
/// Gives one object the state of another, except for weights and what plasticity keeps beside them: for a copy of a
/// network that reads the weights of the original and never learns. The cost grows with the number of units and of
/// messages under way, not with the number of weights.
/// </summary>
internal static class StateCopy
{
    /// <summary>Copies the state; the original only saves and does not change.</summary>
    /// <param name="original">Has the state.</param>
    /// <param name="copy">Receives it; made for the same network.</param>
    internal static void WithoutWeights(IStateful original, IStateful copy)
    {
        using var stream = new MemoryStream();
        var saved = StateSection.ToSave(stream, weights: false);
        original.Describe(saved);
        saved.Close();
        stream.Position = 0;
        var restored = StateSection.ToRestore(stream, weights: false);
        copy.Describe(restored);
        restored.Close();
    }
}
