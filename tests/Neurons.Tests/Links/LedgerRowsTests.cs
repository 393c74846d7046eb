using CsCheck;
using Nudge.Links;

namespace Nudge.Neurons.Tests.Links;

/// <summary>The ledger alone, fed with counts of messages whose end is known.</summary>
public sealed class LedgerRowsTests
{
    private enum End
    {
        Delivered,
        DeliveredTwice,
        Lost,
        Cut,
        InFlight,
        Waiting,
        Conflated,
        Missing,
        Unknown,
    }

    private static Gen<(End End, int Incarnation)[]> Link { get; } =
        Gen.Select(Gen.Enum<End>(), Gen.Int[0, 2]).Array[0, 60];

    [Fact]
    public void A_row_leaves_unaccounted_exactly_what_no_end_counted() =>
        Gen.Select(Link, Link).Sample((first, second) =>
        {
            var ledger = new Ledger();
            Add(ledger, "row", first);
            Add(ledger, "other", []);
            Add(ledger, "row", second);
            End[] ends = [.. first.Concat(second).Select(message => message.End)];
            List<LedgerEntry> rows = ledger.Close();
            Assert.Equal(["row", "other"], rows.Select(row => row.Link));
            Assert.Equal(ends.Length, rows[0].Sent);
            Assert.Equal(Count(ends, End.Unknown), rows[0].Unaccounted);
            Assert.Equal(Count(ends, End.Missing), rows[0].RealLost);
            Assert.Equal(Count(ends, End.Conflated), rows[0].Conflated);
            Assert.Equal(Count(ends, End.Lost), rows[0].Lost);
            Assert.Equal(Count(ends, End.Cut), rows[0].Cut);
            Assert.Equal(Count(ends, End.DeliveredTwice), rows[0].Duplicates);
            Assert.Equal(Count(ends, End.Delivered) + (2 * Count(ends, End.DeliveredTwice)), rows[0].Delivered);
            Assert.Equal(Count(ends, End.InFlight) + Count(ends, End.Waiting), rows[0].InFlight);
        });

    [Fact]
    public void Fewer_gaps_than_conflated_messages_are_no_gain()
    {
        var ledger = new Ledger();
        ledger.Add("row", new(10, Conflated: 4), new LinkReport(0, default, new(6, 2, 1) { Missing = 3 }, 0));
        LedgerEntry row = Assert.Single(ledger.Close());
        Assert.Equal((0, 4, 0), (row.RealLost, row.Conflated, row.Unaccounted));
        Assert.Equal((2, 1), (row.Superseded, row.Late));
    }

    [Fact]
    public void What_a_sender_sent_to_a_receiver_without_a_report_is_unaccounted()
    {
        var ledger = new Ledger();
        ledger.Add("row", new(7));
        Assert.Equal(7, Assert.Single(ledger.Close()).Unaccounted);
    }

    // Each message is reported by the incarnation of the receiver that it reached; a conflated one leaves a gap.
    private static void Add(Ledger ledger, string row, (End End, int Incarnation)[] messages)
    {
        End[] all = [.. messages.Select(message => message.End)];
        LinkReport[] reports =
        [
            .. messages.GroupBy(message => message.Incarnation, message => message.End)
                .Select(incarnation => Report([.. incarnation])),
        ];
        ledger.Add(row, new(all.Length, Count(all, End.Conflated), Count(all, End.Waiting)), reports);
    }

    private static LinkReport Report(End[] ends) => new(
        0,
        new() { Lost = Count(ends, End.Lost), Cut = Count(ends, End.Cut), Duplicated = Count(ends, End.DeliveredTwice) },
        new(Count(ends, End.Delivered) + (2 * Count(ends, End.DeliveredTwice)), 0, 0)
        {
            Missing = Count(ends, End.Missing) + Count(ends, End.Conflated),
        },
        Count(ends, End.InFlight));

    private static long Count(End[] ends, End end) => ends.LongCount(one => one == end);
}
