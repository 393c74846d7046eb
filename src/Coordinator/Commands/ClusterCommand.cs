using System.CommandLine;
using System.Globalization;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Inspection;
using Nudge.Reports;

namespace Nudge.Commands;

/// <summary><c>nudge cluster</c>: looks at a cluster from outside.</summary>
internal static class ClusterCommand
{
    private const double UsualSeconds = 2;
    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 86_400;

    internal static Command Create() => new("cluster", "Look at a cluster without joining it.") { Status() };

    private static Command Status()
    {
        var node = new Argument<string>("node") { Description = "A worker of the cluster, HOST:PORT, as it names itself." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object; with --watch, one a line." };
        var watch = new Option<bool>("--watch")
        {
            Description = "Ask again and again until Ctrl-C: in place on a terminal, one below the other elsewhere.",
        };
        Option<double> interval = Interval();
        var tls = new TlsOptions();
        var command = new Command(
            "status",
            "Show the members of a cluster, and for each run which node hosts what, and its messages: sent by a\n"
            + "slice, delivered to it, lost by the link models and by the network, and waiting.\n\n"
            + "  nudge cluster status node-1.example.org:4053\n"
            + "  nudge cluster status node-1.example.org:4053 --watch --interval 5\n\n"
            + "Ends with 1 if no worker answers within five seconds. With --watch, only the first answer must come.")
        {
            node, json, watch, interval,
        };
        command.AddCheck(result =>
        {
            // What is no number is reported as that.
            if (result.GetResult(interval) is { Implicit: false } given && Number.IsOne(given) && !result.GetValue(watch))
                result.AddError("--interval: only with --watch");
        });
        foreach (NodeSetting setting in tls.All)
            command.Add(setting.Option);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!HostPort.TryParse(parsed.GetRequiredValue(node), out HostPort? place))
                throw new ExperimentException([new("node", "", $"expected HOST:PORT in place of {parsed.GetValue(node)}, with an address of IPv6 in brackets")]);
            var sources = new NodeSources(parsed, null, tls.All, Environment.GetEnvironmentVariable);
            await using ClusterInspector inspector = await ClusterInspector.OpenAsync(place!, tls.Settings(sources));
            if (parsed.GetValue(watch))
                await Watch(inspector, parsed.GetValue(json)).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(interval)), cancellation);
            else
                Show(await inspector.AskAsync().WaitAsync(cancellation), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<double> Interval() => new("--interval")
    {
        Description = $"With --watch: seconds between questions. Default: {UsualSeconds}.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => UsualSeconds,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            bool number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
            if (!number || seconds is not (>= LeastSeconds and <= MostSeconds))
                result.AddError($"--interval: found {text}; expected {LeastSeconds} to {MostSeconds} seconds");
            return seconds;
        },
    };

    private static StatusWatch Watch(ClusterInspector inspector, bool json) => new(
        inspector.AskAsync,
        json
            ? (status, time) => Console.Out.WriteLine(ClusterStatusJson.LineOf(status, time))
            : (status, time) => ClusterStatusTable.PrintAgain(Console.Out, !Console.IsOutputRedirected, status, time),
        reason => Message.Write($"nudge: {reason}"),
        TimeProvider.System);

    private static void Show(ClusterStatus status, bool json)
    {
        if (json)
            Console.Out.WriteLine(ClusterStatusJson.Of(status));
        else
            ClusterStatusTable.Print(Console.Out, !Console.IsOutputRedirected, status);
    }
}
