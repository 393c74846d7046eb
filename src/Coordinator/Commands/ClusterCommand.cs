using System.CommandLine;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Inspection;
using Nudge.Reports;

namespace Nudge.Commands;

/// <summary><c>nudge cluster</c>: looks at a cluster from outside.</summary>
internal static class ClusterCommand
{
    internal static Command Create() => new("cluster", "Look at a cluster without joining it.") { Status() };

    private static Command Status()
    {
        var node = new Argument<string>("node") { Description = "A worker of the cluster, HOST:PORT, as it names itself." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var tls = new TlsOptions();
        var command = new Command(
            "status",
            "Show the members of a cluster, and for each run which node hosts what, and its messages: sent by a\n"
            + "slice, delivered to it, lost by the link models and by the network, and waiting.\n\n"
            + "  nudge cluster status node-1.example.org:4053\n\n"
            + "Ends with 1 if no worker answers within five seconds.")
        {
            node, json,
        };
        foreach (NodeSetting setting in tls.All)
            command.Add(setting.Option);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!HostPort.TryParse(parsed.GetRequiredValue(node), out HostPort? place))
                throw new ExperimentException([new("node", "", $"expected HOST:PORT in place of {parsed.GetValue(node)}")]);
            var sources = new NodeSources(parsed, null, tls.All, Environment.GetEnvironmentVariable);
            ClusterStatus status = await ClusterInspector.AskAsync(place!, tls.Settings(sources))
                .WaitAsync(cancellation);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(ClusterStatusJson.Of(status));
            else
                ClusterStatusTable.Print(Console.Out, !Console.IsOutputRedirected, status);
            return ExitCode.Done;
        });
        return command;
    }
}
