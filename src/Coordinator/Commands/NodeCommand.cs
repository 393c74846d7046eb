using System.CommandLine;
using Nudge.Hosting;
using Nudge.Plugins;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Runs;
using Nudge.Store;
using Nudge.Virtual;

namespace Nudge.Commands;

/// <summary><c>nudge node</c>: a process that hosts slices of other people's runs.</summary>
internal static class NodeCommand
{
    internal static Command Create()
    {
        var options = new NodeOptions();
        var untilInputEnds = new Option<bool>(NodeProgram.UntilInputEnds)
        {
            Description = "Leave when standard input ends, as it does when the program ends that started this node.",
        };
        var command = new Command(
            "node",
            "Join a cluster; host slices of runs, and make whole runs of sweeps, until a signal asks to leave.\n\n"
            + "  nudge node --port 4053                               the first node\n"
            + "  nudge node --port 4054 --seed 127.0.0.1:4053         another one\n"
            + "  nudge run digits --engine cluster --join 127.0.0.1:4053\n"
            + "  nudge sweep digits --vary lanes=1,4,16 --engine cluster --join 127.0.0.1:4053\n\n"
            + "Ends with 0 when asked to leave, 1 if it could not start or join, 2 if a setting is wrong, 3 if the other\n"
            + "nodes removed it because no messages from it arrived.")
        {
            options.File, untilInputEnds,
        };
        foreach (NodeSetting setting in options.All)
            command.Add(setting.Option);
        command.SetAction((parsed, cancellation) =>
        {
            NodeSources sources = options.Sources(parsed);
            NodeSettings settings = options.Settings(sources) with
            {
                Seeds = options.Seeds.Of(sources),
                Role = options.Role.Of(sources),
                HealthPort = options.Health.Of(sources),
                Budget = options.Budget.Settings(sources),
            };
            foreach (string warning in NodeWarnings.Of(settings))
                Message.Write($"nudge: warning: {warning}");
            DataFolder data = DataCommand.Folder(options.Data.Of(sources));
            PluginPlaces plugins = PluginPlaces.OfNode(options.Plugins.Of(sources));
            RunHosting runs = NodeRuns.Hosting(options.Workers.Of(sources), data, settings.Budget, plugins);
            return ExecuteAsync(settings, NodeProgram.ReaderOf(plugins), runs, parsed.GetValue(untilInputEnds), cancellation);
        });
        return command;
    }

    private static async Task<int> ExecuteAsync(
        NodeSettings settings, NetworkSource source, RunHosting runs, bool untilInputEnds, CancellationToken cancellation)
    {
        if (settings.Store is not null)
            await SliceStore.OpenAsync(settings.Store, cancellation);
        await using Node node = Node.Start(settings, source);
        runs.StartOn(node);
        VirtualHosting.StartOn(node, source);
        Announce($"listening on {node.Place}");
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (untilInputEnds)
            _ = EndWithInputAsync(asked);
        try
        {
            await node.JoinAsync(asked.Token);
            Announce($"up: {settings.Role} {node.Place}");
            await node.Gone.WaitAsync(asked.Token);
        }
        catch (OperationCanceledException)
        {
            await node.LeaveAsync();
            Announce("left");
            return ExitCode.Done;
        }

        Message.Write(
            "nudge: the other nodes removed this one: no messages from it arrived, or the network was cut");
        return ExitCode.Removed;
    }

    private static void Announce(string line)
    {
        try
        {
            Console.Out.WriteLine(line);
        }
        catch (OutputException)
        {
            // A node is there for others, whether or not somebody reads what it says.
        }
    }

    private static async Task EndWithInputAsync(CancellationTokenSource asked)
    {
        await using Stream input = Console.OpenStandardInput();
        // A console stream reads synchronously, so a thread of its own waits for the end.
        await Task.Run(() => input.CopyTo(Stream.Null));
        await asked.CancelAsync();
    }
}
