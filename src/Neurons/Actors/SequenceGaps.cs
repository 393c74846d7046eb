namespace Nudge.Actors;

/// <summary>
/// What the network itself lost on one link: numbers that one incarnation of the sender skipped. A link keeps the order
/// of its messages, so what was skipped does not come later; what was lost behind the last one heard is not seen.
/// </summary>
internal struct SequenceGaps(long first)
{
    private readonly long _first = first;
    private int _incarnation = -1;
    private long _expected;

    /// <summary>Messages that never came.</summary>
    internal long Missing { get; private set; }

    internal void See(int incarnation, long sequence)
    {
        // A later life begins to count anew; how much of the earlier one was lost at its end, nobody knows.
        if (incarnation > _incarnation)
            (_incarnation, _expected) = (incarnation, _first);
        if (incarnation < _incarnation || sequence < _expected)
            return;
        Missing += sequence - _expected;
        _expected = sequence + 1;
    }
}
