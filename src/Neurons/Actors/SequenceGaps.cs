namespace Nudge.Actors;

/// <summary>
/// What never came along one link: numbers of one life of the sender that were skipped, since the network lost them or the
/// sender conflated them. A link keeps the order of its
/// messages, so what was skipped does not come later; what was lost behind the last one heard is not seen.
/// </summary>
/// <param name="first">The number that every life begins with.</param>
/// <param name="fromStart">
/// Whether the receiver has been there since the senders began. One that came to life later does not know what was sent
/// before, and counts from the first number that it hears.
/// </param>
internal sealed class SequenceGaps(long first, bool fromStart)
{
    private readonly List<HeardLife> _lives = [];
    private long _expected;

    /// <summary>Messages that never came.</summary>
    internal long Missing { get; private set; }

    /// <summary>The lives of the sender that were heard, the newest last.</summary>
    internal IReadOnlyList<HeardLife> Lives => [.. _lives];

    internal void See(int incarnation, long sequence)
    {
        if (_lives.Count == 0 || incarnation > _lives[^1].Incarnation)
        {
            // A later life begins to count anew; how much of the earlier one was lost at its end, its own books tell.
            _expected = fromStart || _lives.Count > 0 ? first : sequence;
            _lives.Add(new(incarnation, sequence));
        }

        if (incarnation < _lives[^1].Incarnation || sequence < _expected)
            return;
        Missing += sequence - _expected;
        _expected = sequence + 1;
        _lives[^1] = new(incarnation, sequence);
    }
}
