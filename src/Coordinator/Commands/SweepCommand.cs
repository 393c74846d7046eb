using System.CommandLine;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Nudge.Sweeps;

namespace Nudge.Commands;

/// <summary><c>nudge sweep</c>: runs every combination of some settings, and keeps a row of each run.</summary>
internal static class SweepCommand
{
    private const string Help =
        "Run an experiment at every combination of some settings, several seeds each, and write a table with a row a run.\n\n"
        + "  nudge sweep digits --vary links.activity.loss.rate=0..0.9:10 --seeds 5\n"
        + "  nudge sweep digits --vary links.activity.loss.rate=0,0.3,0.6 --vary links.activity.delay.mean=log:0.1..10:5\n"
        + "  nudge sweep digits --vary learning.rule=isd,differential-isd\n"
        + "  nudge sweep xor --vary \"links.activity.loss={law: none},{law: independent, rate: 0.1}\"\n\n"
        + "Values are parted by commas; commas within braces, brackets and quotes part nothing. from..to:count is count\n"
        + "values with equal steps, both ends among them; log:from..to:count has equal ratios. They mix: 0,log:0.01..1:5.\n\n"
        + "A fair comparison gives every point its own best learning rate. --tune makes all runs at each of some values, and\n"
        + "reports take each seed at the value that was best for the other seeds:\n"
        + "  nudge sweep digits --vary learning.rule=isd,differential-isd --tune learning.rateFactor=0.5,1,2 --seeds 10\n"
        + "With --until, runs end when they are good enough, and the presentations and messages that they needed are compared:\n"
        + "  nudge sweep digits --vary links.activity.loss.rate=0..0.9:10 --until accuracy=0.9 --set run.evaluateEvery=500\n\n"
        + "Without --vary, the section sweep of the file sets what varies; there, settings can also change\n"
        + "together, as variants:\n"
        + "  sweep:\n"
        + "    seeds: 5\n"
        + "    vary: {links.activity.loss.rate: [0, 0.3, 0.6]}\n"
        + "    variants: {ours: {}, paired: {learning.rule: paired, phases.order: alternating}}\n"
        + "    tune: {learning.rateFactor: [0.5, 1, 2]}\n"
        + "    quick: {seeds: 2, set: {run.presentations: 5000}}\n\n"
        + "With --engine cluster each run is made by one node of a cluster (nudge node), in virtual time, and the\n"
        + "table is the same: --local-nodes 3, or --join HOST:PORT. Nodes may come and go; others make the runs of\n"
        + "one that is lost.\n\n"
        + "After Ctrl-C or a kill, nudge sweep --resume DIR makes the runs that are missing. nudge report DIR shows it all,\n"
        + "and nudge sweep … --watch or nudge watch DIR how it goes, in a browser.";

    private const string KeptHere = "nodes of a cluster send numbers only: expected no --engine cluster";

    internal static Command Create()
    {
        var file = new Argument<string?>("experiment")
        {
            HelpName = "experiment",
            Description = $"A YAML file, or one of the embedded ones: {string.Join(", ", ExperimentFile.Embedded)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        Option<string[]> vary = VaryOption();
        var tune = new Option<string?>("--tune")
        {
            Description = "A setting that is tuned at every point, with its values as for --vary. Default: what the file sets.",
        };
        Option<double?> until = UntilOption.Create("Reports then compare presentations, and with --measure messages, until then.");
        Option<int?> seeds = ReproduceCommand.Count(
            "--seeds", "Runs of every point, with the seeds 1 to N. Default: what the file sets, or 3.");
        Option<string[]> set = CommandLine.SetOption();
        Option<string[]> plugin = PluginOption.Create();
        Option<int?> workers = ReproduceCommand.Count(
            "--workers", "Runs at a time, with --engine cluster on each node; the table does not depend on it. "
            + "Default: one a core.");
        var engine = new Option<string?>("--engine")
        {
            Description = "virtual: on the cores of this machine. cluster: whole runs on the nodes of a cluster. "
                + "Default: virtual.",
        };
        engine.AcceptOnlyFromAmong(EngineFactory.Virtual, EngineFactory.Cluster);
        var nodes = new RunNodeOptions(ofSlices: false);
        var output = new Option<string?>("--out")
        {
            Description = "The folder for results, which must not exist. Default: runs/sweep-NAME-N, the first that is free.",
        };
        Option<string?> data = DataCommand.FolderOption();
        var resume = new Option<string?>("--resume") { Description = "Make the runs that the sweep in this folder still lacks." };
        var quick = new Option<bool>("--quick") { Description = "A rehearsal, as sweep.quick in the file has it." };
        var keep = new Option<bool>("--keep-runs")
        {
            Description = "Keep of every run what nudge run would write: a folder each, in runs within the sweep's folder.",
        };
        var yes = new Option<bool>("--yes") { Description = $"Do it although it is more than {SweepPlan.ManyRuns} runs." };
        var json = new Option<bool>("--json") { Description = "Print a summary of the points as one JSON object." };
        var quiet = new Option<bool>("--quiet") { Description = "Show no progress." };
        var watch = new Option<bool>("--watch")
        {
            Description = "Serve a page on which points fill a map as they are made: print its address. The sweep does not wait for it, "
                + "and goes on when it is closed; nudge watch DIR shows the same of any sweep, also later.",
        };
        var port = new Option<int>("--watch-port")
        {
            Description = "With --watch: the port of the page on 127.0.0.1. Default: any that is free.",
            HelpName = "PORT",
            CustomParser = result => Number.Of<int>(result, "--watch-port", 1, 65535),
        };
        var command = new Command("sweep", Help)
        {
            file, vary, tune, seeds, set, plugin, until, quick, workers, output, data, resume, keep, watch, port, yes, json, quiet,
        };
        command.Add(engine);
        nodes.AddTo(command, engine);
        command.AddCheck(result =>
        {
            bool fresh = result.GetValue(file) is not null || result.GetValue(vary) is { Length: > 0 }
                || result.GetValue(set) is { Length: > 0 } || result.GetValue(plugin) is { Length: > 0 }
                || result.GetResult(seeds) is { Implicit: false }
                || result.GetValue(tune) is not null || result.GetResult(until) is not null
                || result.GetValue(output) is not null || result.GetValue(keep) || result.GetValue(quick);
            if (result.GetValue(resume) is not null && fresh)
            {
                result.AddError("--resume goes on with the sweep as it was begun: "
                    + "it takes no experiment, --vary, --tune, --set, --plugin, --until, --seeds, --quick, --out or --keep-runs.");
            }

            if (result.GetResult(port) is { Implicit: false } given && Number.IsOne(given) && !result.GetValue(watch))
                result.AddError("--watch-port: only with --watch");
            if (result.GetValue(keep) && result.GetValue(engine) == EngineFactory.Cluster)
                result.AddError($"--keep-runs: {KeptHere}.");
            if (result.GetValue(resume) is null && result.GetValue(file) is null)
                result.AddError("sweep: expected an experiment, or --resume DIR.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            DataFolder folder = DataCommand.Folder(parsed.GetValue(data));
            int? atATime = parsed.GetValue(workers);
            NodeChoice? on = parsed.GetValue(engine) == EngineFactory.Cluster
                ? nodes.Choice(parsed, EngineFactory.Cluster, resumes: false)
                : null;
            using SweepDirectory sweep = await Abandonable.RunAsync(() => parsed.GetValue(resume) is { } path
                ? GoOn(path, $"--resume {path}", elsewhere: on is not null)
                : Begin(new()
                {
                    File = parsed.GetValue(file)!,
                    Vary = parsed.GetValue(vary) ?? [],
                    Tune = parsed.GetValue(tune),
                    Set = [.. PluginOption.Assignments(parsed.GetValue(plugin)), .. parsed.GetValue(set) ?? []],
                    Until = parsed.GetValue(until),
                    Quick = parsed.GetValue(quick),
                    Seeds = parsed.GetValue(seeds),
                    Out = parsed.GetValue(output),
                    Data = folder,
                    KeepRuns = parsed.GetValue(keep),
                    Yes = parsed.GetValue(yes),
                }, elsewhere: on is not null), cancellation);
            int? watchPort = parsed.GetValue(watch) ? parsed.GetValue(port) : null;
            return await RunAsync(sweep, atATime, on, folder, parsed.GetValue(json), parsed.GetValue(quiet), watchPort, cancellation);
        });
        return command;
    }

    private static Option<string[]> VaryOption() => new("--vary")
    {
        Description = "A setting and its values, as path=a,b,c or path=from..to:count. "
            + "May be repeated: all combinations are run.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static SweepDirectory GoOn(string path, string asked, bool elsewhere)
    {
        var sweep = SweepDirectory.Open(path, asked);
        try
        {
            sweep.ThrowIfOfAnotherVersion(asked);
            if (elsewhere)
                ThrowIfNamesWeights(sweep.Plan);
            if (sweep.Directory.TookOver is { } takeover)
                Message.Write($"nudge: {takeover}");
            return elsewhere && sweep.Plan.Definition.KeepRuns
                ? throw new ExperimentException([new(asked, "", $"the sweep keeps its runs; {KeptHere}")])
                : sweep;
        }
        catch
        {
            sweep.Dispose();
            throw;
        }
    }

    private static void ThrowIfNamesWeights(SweepPlan plan)
    {
        if (plan.Jobs().Any(one => one.Job.Settings.Init is not null))
        {
            throw new ExperimentException(
            [
                new(
                    $"--engine {EngineFactory.Cluster}",
                    PreparedRun.InitFile,
                    "a node opens no file that a run names; expected a sweep in this process, without --engine"),
            ]);
        }
    }

    private static SweepDirectory Begin(SweepRequest request, bool elsewhere)
    {
        SweepDefinition definition = SweepDefinition.Of(request);
        var plan = SweepPlan.Make(definition, request.Yes);
        if (elsewhere)
            ThrowIfNamesWeights(plan);
        var stimuli = new SharedStimuli(request.Data);
        Preload(plan, stimuli);
        plan = SweepPlan.Make(definition with { DataHash = plan.DataHash(stimuli) }, request.Yes);
        return SweepDirectory.Create(plan, request.Out);
    }

    private static async Task<int> RunAsync(
        SweepDirectory sweep,
        int? workers,
        NodeChoice? nodes,
        DataFolder data,
        bool json,
        bool quiet,
        int? watchPort,
        CancellationToken cancellation)
    {
        DataFolder folder = sweep.Plan.Definition.DataFolder(data);
        var stimuli = new SharedStimuli(folder);
        await Abandonable.RunAsync(() => Preload(sweep.Plan, stimuli), cancellation);
        if (!sweep.Complete)
            await Abandonable.RunAsync(() => sweep.Plan.ThrowIfOfOtherData(stimuli), cancellation);
        using IProgressDisplay progress = ProgressDisplays.Create(
            Console.Error, !Console.IsErrorRedirected, quiet, TimeProvider.System);
        foreach (RunWarning warning in nodes?.Warnings ?? [])
            progress.Warn(warning.ToString());
        ISweepPool pool = nodes is null
            ? new LocalPool(stimuli, workers ?? Environment.ProcessorCount, new RunFigures())
            : new NodePool(nodes, workers, folder.Given, stimuli, progress);
        await using WatchedSweep? watched = watchPort is int port ? WatchedSweep.Begin(sweep, port, progress, quiet) : null;
        SweepSummary summary = await SweepRun.RunAsync(sweep, pool, progress, cancellation, watched?.Observer);
        if (watched is not null)
            await watched.EndAsync(summary.Interrupted ? "stopped" : "finished", progress, cancellation);
        progress.Dispose();
        if (json)
            Console.Out.WriteLine(summary.ToJson());
        else
            SweepSummaryTable.Print(Console.Out, !Console.IsOutputRedirected, summary, sweep.Measure);
        return summary.Interrupted ? ExitCode.Interrupted : summary.Failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    // What is missing or does not fit must be known before any run.
    private static void Preload(SweepPlan plan, SharedStimuli stimuli)
    {
        ExperimentSettings first = plan.Jobs().First().Job.Settings;
        PreparedRun.Prepare(first, stimuli.For(first));
        foreach ((_, PoolJob job) in plan.Jobs().Take(plan.Points.Count))
            stimuli.Preload(job.Settings);
    }
}
