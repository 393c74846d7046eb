using System.Globalization;
using Nudge.Netlab.Forwarding;

namespace Nudge.Netlab.Commands;

/// <summary>Commands while a lab is up. Each is answered by lines of which the last is ok or an error.</summary>
internal static class Conversation
{
    internal const string Help =
        "cut 1 | cut 1-2 | cut 1>2 | heal [1 | 1-2 | 1>2] | delay 50ms | jitter 5ms | loss 0.1 | stats | quit";

    internal static async Task HoldAsync(
        Forwarder forwarder, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, forwarder.Failed);
        try
        {
            while (await ReadAsync(input, stop.Token) is string line && line.Trim() != "quit")
                await output.WriteLineAsync(Answer(forwarder, line.Trim()));
        }
        catch (OperationCanceledException)
        {
            forwarder.ThrowIfFailed();
        }
    }

    internal static string Answer(Forwarder forwarder, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["cut", var where] => Change(forwarder, where, cut: true),
            ["heal", var where] => Change(forwarder, where, cut: false),
            ["heal"] => Ok(() => forwarder.Cuts = Cuts.None),
            ["delay", var text] when Quantity.Time(text) is TimeSpan time =>
                Set(forwarder, forwarder.Conditions with { Delay = time }),
            ["jitter", var text] when Quantity.Time(text) is TimeSpan time =>
                Set(forwarder, forwarder.Conditions with { Jitter = time }),
            ["loss", var text] when Quantity.Share(text) is double share =>
                Set(forwarder, forwarder.Conditions with { Loss = share }),
            ["stats"] => string.Join('\n', forwarder.Statistics().Select(Row).Append("ok")),
            _ => $"error: expected {Help}",
        };
    }

    private static string Change(Forwarder forwarder, string where, bool cut)
    {
        IReadOnlyList<LinkName>? links = LinkName.Parse(where, forwarder.Hosts);
        if (links is null)
            return $"error: {where}: expected 1, 1-2 or 1>2, with hosts from 1 to {forwarder.Hosts}";
        return Ok(() => forwarder.Cuts = cut ? forwarder.Cuts.With(links) : forwarder.Cuts.Without(links));
    }

    private static string Set(Forwarder forwarder, Conditions conditions) => conditions.Jitter > conditions.Delay
        ? "error: jitter: expected no more than the delay"
        : Ok(() => forwarder.Conditions = conditions);

    private static string Ok(Action change)
    {
        change();
        return "ok";
    }

    private static string Row(LinkStatistics link) => string.Create(
        CultureInfo.InvariantCulture,
        $"{link.Name} seen {link.Seen} delivered {link.Delivered} lost {link.Lost} cut {link.Cut} "
        + $"flying {link.Flying} mean-ms {link.MeanDelay.TotalMilliseconds:0.00}");

    // A console reads synchronously whatever it is asked, so another thread waits for the line.
    private static Task<string?> ReadAsync(TextReader input, CancellationToken cancellation) =>
        Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellation);
}
