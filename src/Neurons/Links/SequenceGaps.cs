namespace Nudge.Links;

/// <summary>How far a receiver received one incarnation of a sender.</summary>
/// <param name="Incarnation">The incarnation.</param>
/// <param name="Highest">The highest sequence number received of it.</param>
public readonly record struct ReceivedUpTo(int Incarnation, long Highest);

/// <summary>
/// What never came along one link: sequence numbers of one incarnation of the sender that were skipped, since the network
/// lost them or the sender conflated them. A link keeps the order of its messages, so what was skipped does not come later;
/// what was lost behind the last one received is not seen.
/// </summary>
/// <param name="first">The number that every incarnation begins with.</param>
/// <param name="fromStart">
/// Whether the receiver has been there since the senders began. One that started later does not know what was sent before,
/// and counts from the first number that it receives.
/// </param>
internal struct SequenceGaps(long first, bool fromStart)
{
    // Few senders ever start again, and there is one of these for every link.
    private List<ReceivedUpTo>? _earlier;
    private ReceivedUpTo? _newest;
    private long _expected;

    /// <summary>Messages that never came.</summary>
    internal long Missing { get; private set; }

    /// <summary>The incarnations of the sender that were received, the newest last.</summary>
    internal readonly IReadOnlyList<ReceivedUpTo> Incarnations => _newest is { } newest ? [.. _earlier ?? [], newest] : [];

    /// <summary>Takes note of one message that came.</summary>
    internal void See(int incarnation, long sequence)
    {
        if (_newest is not { } newest)
        {
            _expected = fromStart ? first : sequence;
        }
        else if (incarnation > newest.Incarnation)
        {
            // A later incarnation counts from the first number again; what was lost at the end of the earlier one is known
            // from that one's own counts.
            _expected = first;
            (_earlier ??= []).Add(newest);
        }
        else if (incarnation < newest.Incarnation)
        {
            SeeEarlier(new(incarnation, sequence));
            return;
        }

        if (sequence < _expected)
            return;
        Missing += sequence - _expected;
        _expected = sequence + 1;
        _newest = new(incarnation, sequence);
    }

    // By another connection than the later one's it may come after that: it was sent all the same.
    private void SeeEarlier(ReceivedUpTo late)
    {
        _earlier ??= [];
        int place = _earlier.FindIndex(one => one.Incarnation == late.Incarnation);
        if (place < 0)
            _earlier.Add(late);
        else if (_earlier[place].Highest < late.Highest)
            _earlier[place] = late;
    }
}
