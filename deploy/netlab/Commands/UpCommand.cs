using System.CommandLine;
using Nudge.Netlab.Forwarding;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Commands;

/// <summary><c>netlab up</c>: makes the hosts, forwards between them until the command to stop, removes them.</summary>
internal static class UpCommand
{
    internal static Command Create()
    {
        Option<string> name = LabCommandLine.Name();
        var hosts = new Option<int>("--hosts") { Description = "How many hosts.", DefaultValueFactory = _ => 3 };
        hosts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 2 or > Host.Most)
                result.AddError($"--hosts: expected 2 to {Host.Most}");
        });
        Option<TimeSpan> delay = Quantity.TimeOption("--delay", "The mean delay of a packet, one way.", TimeSpan.Zero);
        Option<TimeSpan> jitter = Quantity.TimeOption(
            "--jitter", "Delays are within DELAY ± this, all equally likely.", TimeSpan.Zero);
        Option<double> loss = Quantity.ShareOption("--loss", "The share of packets that are lost.");
        var reorder = new Option<bool>("--reorder") { Description = "Let a packet overtake those before it." };
        var seed = new Option<ulong>("--seed")
        {
            Description = "The seed of losses and delays.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command(
            "up",
            "Make hosts 10.77.0.1, 10.77.0.2, … in namespaces and forward between them. Commands on standard input:\n"
            + $"{Conversation.Help}\nThe end of standard input, SIGINT and SIGTERM remove everything, too.")
        {
            name, hosts, delay, jitter, loss, reorder, seed,
        };
        command.Validators.Add(result =>
        {
            bool read = !result.Children.Any(child => child.Errors.Any());
            if (read && result.GetValue(jitter) > result.GetValue(delay))
                result.AddError("--jitter: expected no more than --delay");
        });
        command.SetAction((parsed, cancellation) => LabExit.GuardAsync(() => ExecuteAsync(
            Host.Several(parsed.GetRequiredValue(name), parsed.GetRequiredValue(hosts)),
            parsed.GetValue(seed),
            new()
            {
                Delay = parsed.GetRequiredValue(delay),
                Jitter = parsed.GetRequiredValue(jitter),
                Loss = parsed.GetValue(loss),
                Reorder = parsed.GetValue(reorder),
            },
            cancellation)));
        return command;
    }

    private static async Task<int> ExecuteAsync(
        IReadOnlyList<Host> hosts, ulong seed, Conditions conditions, CancellationToken cancellation)
    {
        using Lab lab = Lab.Open(hosts, seed, conditions);
        Console.Out.WriteLine($"ready {string.Join(' ', hosts.Select(host => $"{host.Namespace}={host.Address}"))}");
        await Conversation.HoldAsync(lab.Forwarder, Console.In, Console.Out, cancellation);
        return LabExit.Done;
    }
}
