using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Nudge.Netlab.Devices;

namespace Nudge.Netlab.Commands;

/// <summary><c>netlab ping</c>: what a host sees of another, packet by packet.</summary>
internal static class PingCommand
{
    internal static Command Create()
    {
        var address = new Argument<string>("address") { Description = "Whom to ask." };
        address.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>();
            if (!IPAddress.TryParse(text, out IPAddress? found) || found.AddressFamily != AddressFamily.InterNetwork)
                result.AddError($"{text}: expected an IPv4 address");
        });
        var count = new Option<int>("--count") { Description = "How many packets.", DefaultValueFactory = _ => 20 };
        Option<TimeSpan> interval = Quantity.TimeOption(
            "--interval", "Time from one to the next.", TimeSpan.FromMilliseconds(10));
        Option<TimeSpan> timeout = Quantity.TimeOption(
            "--timeout", "How long to wait for answers after the last.", TimeSpan.FromSeconds(1));
        var command = new Command("ping", "Ask a host for echoes. Every answer is a line: number, milliseconds.")
        {
            address, count, interval, timeout,
        };
        command.SetAction((parsed, cancellation) => LabExit.GuardAsync(async () =>
        {
            IReadOnlyList<EchoReply> replies = await Echo.AskAsync(
                IPAddress.Parse(parsed.GetRequiredValue(address)),
                parsed.GetRequiredValue(count),
                parsed.GetRequiredValue(interval),
                parsed.GetRequiredValue(timeout),
                cancellation);
            foreach (EchoReply reply in replies)
            {
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{reply.Number} {reply.Time.TotalMilliseconds:0.000}"));
            }

            return replies.Count > 0 ? LabExit.Done : LabExit.Failed;
        }));
        return command;
    }
}
