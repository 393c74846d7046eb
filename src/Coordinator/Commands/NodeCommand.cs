using System.CommandLine;
using Nudge.Hosting;
using Nudge.Running;
using Nudge.Store;

namespace Nudge.Commands;

/// <summary><c>nudge node</c>: a process that hosts slices of other people's runs.</summary>
internal static class NodeCommand
{
    internal static Command Create()
    {
        var options = new NodeOptions();
        var port = new Option<int>("--port")
        {
            Description = "The TCP port; 0 for any that is free.",
            DefaultValueFactory = _ => 0,
        };
        Option<HostPort[]> seeds = NodeOptions.Places(
            "--seed", "Nodes to join, HOST:PORT; may be repeated. Without any, this node begins a cluster.");
        var role = new Option<string>("--role")
        {
            Description = "What the node is there for; only workers host slices.",
            DefaultValueFactory = _ => NodeSettings.Worker,
        };
        var untilInputEnds = new Option<bool>(NodeProgram.UntilInputEnds)
        {
            Description = "Leave when standard input ends, as it does when the program ends that started this node.",
        };
        var command = new Command(
            "node",
            "Join a cluster and host slices of runs until a signal asks to leave.\n\n"
            + "  nudge node --port 4053                               the first node\n"
            + "  nudge node --port 4054 --seed 127.0.0.1:4053         another one\n"
            + "  nudge run digits --engine cluster --join 127.0.0.1:4053\n\n"
            + "Ends with 0 after a signal, 1 if it cannot join, 3 if the others removed it.")
        {
            port, seeds, role, options.Host, options.Frame, options.Values, options.Store, options.SaveEvery, untilInputEnds,
        };
        command.SetAction((parsed, cancellation) => Guard.RunAsync(() => ExecuteAsync(
            options.Settings(parsed) with
            {
                Port = parsed.GetRequiredValue(port),
                Seeds = parsed.GetValue(seeds) ?? [],
                Role = parsed.GetRequiredValue(role),
            },
            parsed.GetValue(untilInputEnds),
            cancellation)));
        return command;
    }

    private static async Task<int> ExecuteAsync(NodeSettings settings, bool untilInputEnds, CancellationToken cancellation)
    {
        if (settings.Store is not null)
            await SliceStore.OpenAsync(settings.Store, cancellation);
        await using Node node = Node.Start(settings, NodeProgram.Compile);
        Console.Out.WriteLine($"listening on {node.Place}");
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (untilInputEnds)
            _ = EndWithInputAsync(asked);
        try
        {
            await node.JoinAsync(asked.Token);
            Console.Out.WriteLine($"up: {settings.Role} {node.Place}");
            await node.Gone.WaitAsync(asked.Token);
        }
        catch (OperationCanceledException)
        {
            await node.LeaveAsync();
            Console.Out.WriteLine("left");
            return ExitCode.Done;
        }

        Console.Error.WriteLine("nudge: the other nodes removed this one: it was not heard from, or the network was cut");
        return ExitCode.Removed;
    }

    private static async Task EndWithInputAsync(CancellationTokenSource asked)
    {
        await using Stream input = Console.OpenStandardInput();
        // A console stream reads synchronously, so a thread of its own waits for the end.
        await Task.Run(() => input.CopyTo(Stream.Null));
        await asked.CancelAsync();
    }
}
