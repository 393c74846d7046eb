using System.CommandLine;
using Nudge.Experiments;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary>The commands and what they take.</summary>
internal static class CommandLine
{
    // An argument that begins with @ is no file of further arguments: experiments and folders may be called so.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // Signals and exceptions have one place each, outside.
    private static readonly InvocationConfiguration Invoking =
        new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };

    /// <summary>Does what the arguments ask for; gives the exit code.</summary>
    internal static Task<int> InvokeAsync(string[] arguments, CancellationToken cancellation)
    {
        ParseResult parsed = Parse(arguments);
        IReadOnlyList<string> errors = Errors(parsed);
        if (errors.Count == 0)
            return parsed.InvokeAsync(Invoking, cancellation);
        foreach (string message in errors)
            Message.Write($"nudge: {message}");
        Message.Write("nudge --help shows what there is.");
        return Task.FromResult(ExitCode.BadInput);
    }

    internal static ParseResult Parse(IReadOnlyList<string> arguments) => Create().Parse(arguments, Parsing);

    /// <summary>What is wrong with the arguments; a value that is missing comes first, since it confuses all else.</summary>
    internal static IReadOnlyList<string> Errors(ParseResult parsed)
    {
        string[] missing = [.. OptionValues.Errors(parsed)];
        return missing.Length > 0 ? missing : [.. parsed.Errors.Select(error => error.Message).Distinct()];
    }

    internal static RootCommand Create()
    {
        RootCommand root = Commands();
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }

    private static RootCommand Commands() => new(
        "Nudge studies temporally local contrastive learning on asynchronous, delayed and lossy networks.\n\n"
        + "  nudge run                          the embedded default: drawn digits, 10 % of messages lost\n"
        + "  nudge run mnist --data DIR         an embedded experiment on MNIST files\n"
        + "  nudge run FILE --set links.activity.loss.rate=0.3 --seed 7\n"
        + "  nudge run FILE --engine cluster --local-nodes 3\n"
        + "  nudge truth DIR                    mean updates against the exact gradient, for small networks\n"
        + "  nudge audit                        what each rule carries from phase to phase, measured\n"
        + "  nudge baseline digits               backpropagation on the same network, to compare with\n"
        + "  nudge reproduce                    the results of the literature that it can be asked for\n"
        + "  nudge sweep digits --vary links.activity.loss.rate=0..0.9:10 --seeds 5\n"
        + "  nudge report DIR                   a sweep or a run as one page of HTML\n"
        + "  nudge export DIR --onnx FILE       the trained network of a run for other programs\n"
        + "  nudge list                         the models, rules, laws, data sets and placements that files can name\n"
        + "  nudge validate FILE --explain      the file with every default, and what each setting means\n"
        + "  nudge run FILE --plugin MINE.dll   with a rule, model, law or data set of your own")
    {
        Run(),
        NodeCommand.Create(),
        ClusterCommand.Create(),
        StoreCommand.Create(),
        CertificateCommand.Create(),
        Validate(),
        ListCommand.Create(),
        TruthCommand.Create(),
        Audit(),
        ReproduceCommand.Create(),
        VarianceCommand.Create(),
        BaselineCommand.Create(),
        SweepCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        WatchCommand.Create(),
        DataCommand.Create(),
        CompletionCommand.Create(),
    };

    private static Command Run()
    {
        var file = new Argument<string?>("experiment")
        {
            HelpName = "experiment",
            Description = $"A YAML file, or one of the embedded ones: {string.Join(", ", ExperimentFile.Embedded)}. "
                + $"Without it: {ExperimentFile.Default}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        var engine = new Option<string?>("--engine")
        {
            Description = "virtual: virtual time, the same bits for the same seed on any number of --loops. actors: Akka.NET actors "
                + "without a common clock, as fast as they go. cluster: the same actors on the nodes of a cluster. Default: virtual.",
        };
        engine.AcceptOnlyFromAmong([.. EngineFactory.Names]);
        var nodes = new RunNodeOptions();
        Option<string[]> set = SetOption();
        Option<string[]> plugin = PluginOption.Create();
        var seed = new Option<ulong?>("--seed")
        {
            Description = "The seed of all random draws, in place of the file's.",
            CustomParser = result => Number.Of<ulong>(result, "--seed", 0, ulong.MaxValue),
        };
        var output = new Option<string?>("--out")
        {
            Description = "The run directory, which must not exist. Default: runs/NAME-N, the first that is free.",
        };
        var resume = new Option<string?>("--resume")
        {
            Description = "Go on with the interrupted run in this directory. In virtual time it ends in the same bits.",
        };
        var presentations = new Option<long?>("--presentations")
        {
            Description = "With --resume: the new length of the run. All other settings stay as they were begun; results list "
                + "what was changed, and when.",
            CustomParser = result => Number.Of<long>(result, "--presentations", 1, long.MaxValue),
        };
        var loops = new Option<int?>("--loops")
        {
            Description = "In virtual time: how many threads run the slices of the network, to the same bits; on nodes, in each of "
                + "them. Pays for large layers that are cut into slices. Default: the experiment's engine.loops, which is 1.",
            CustomParser = result => Number.Of<int>(result, "--loops", 1, 1024),
        };
        Option<double?> until = UntilOption.Create("Results say how many presentations and messages that took.");
        var replay = new Option<string?>("--replay")
        {
            Description = "Run the experiment of this run directory once more, with all that was changed while it ran, each at the same "
                + "phase. In virtual time it gives the same bits.",
        };
        var watch = new WatchOptions();
        var board = new Option<bool>("--tensorboard")
        {
            Description = "Write the samples of the run for TensorBoard too, into the folder tensorboard of its directory, while it runs.",
        };
        var noPlots = new Option<bool>("--no-plots")
        {
            Description = "Draw no PNG and SVG files at the end of the run; nudge report DIR shows its figures at any time.",
        };
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print the results as one JSON object; progress stays on standard error." };
        var quiet = new Option<bool>("--quiet") { Description = "Show no progress; warnings are shown all the same." };
        var command = new Command(
            "run",
            "Run one experiment and write its run directory: run.json, metrics.csv, weights.npz, plots, checkpoints.\n\n"
            + "  nudge run digits --seed 3 --json > results.json\n"
            + "  nudge run digits --watch\n\n"
            + "Ctrl-C saves and stops; nudge run --resume DIR goes on.")
        {
            file, engine, loops, set, plugin, seed, until, output, resume, presentations, replay, board, noPlots, data, json, quiet,
        };
        watch.AddTo(command);
        nodes.AddTo(command, engine);
        command.AddCheck(result =>
        {
            bool fresh = result.GetValue(file) is not null || result.GetValue(output) is not null
                || result.GetResult(seed) is not null || result.GetResult(until) is not null;
            if (result.GetValue(resume) is not null && fresh)
                result.AddError("--resume goes on with the run as it was begun: it takes no experiment, --seed, --until or --out.");
            bool other = result.GetValue(file) is not null || result.GetResult(seed) is not null || result.GetResult(until) is not null
                || result.GetValue(resume) is not null;
            if (result.GetValue(replay) is not null && other)
                result.AddError("--replay takes experiment and seed from the folder: no experiment, --seed, --until or --resume.");
            if (result.GetResult(loops) is not null && result.GetValue(engine) is not (null or EngineFactory.Virtual))
                result.AddError("--loops belongs to --engine virtual.");
            if (result.GetValue(resume) is null && result.GetResult(presentations) is { } given
                && given.Tokens.All(token => long.TryParse(token.Value, out _)))
            {
                result.AddError("--presentations belongs to --resume; a new run takes --set run.presentations=N.");
            }
        });
        command.SetAction((parsed, cancellation) => RunCommand.ExecuteAsync(
            new()
            {
                File = parsed.GetValue(file),
                Engine = parsed.GetValue(engine),
                Nodes = nodes.Choice(parsed, parsed.GetValue(engine), parsed.GetValue(resume) is not null),
                Overrides =
                [
                    .. PluginOption.Assignments(parsed.GetValue(plugin)),
                    .. parsed.GetValue(set) ?? [],
                    .. parsed.GetValue(loops) is int threads ? [$"engine.loops={threads}"] : Array.Empty<string>(),
                    .. parsed.GetValue(until) is double least ? [UntilAccuracy.Assignment(least)] : Array.Empty<string>(),
                ],
                Seed = parsed.GetValue(seed),
                Out = parsed.GetValue(output),
                Resume = parsed.GetValue(resume),
                Presentations = parsed.GetValue(presentations),
                Replay = parsed.GetValue(replay),
                Watch = watch.IsAsked(parsed),
                Record = watch.Records(parsed),
                WatchPort = watch.Port(parsed),
                Speed = watch.Speed(parsed),
                Data = DataCommand.Folder(parsed.GetValue(data)),
                TensorBoard = parsed.GetValue(board),
                Plots = !parsed.GetValue(noPlots),
                Json = parsed.GetValue(json),
                Quiet = parsed.GetValue(quiet),
            },
            cancellation));
        return command;
    }

    private static Command Validate()
    {
        var file = new Argument<string?>("experiment")
        {
            HelpName = "experiment",
            Description = "A YAML file or the name of an embedded experiment.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        Option<string[]> set = SetOption();
        Option<string[]> plugin = PluginOption.Create();
        var explain = new Option<bool>("--explain") { Description = "Print the file with every default filled in and explained." };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of experiment files, for editors." };
        var command = new Command(
            "validate",
            "Check an experiment without running it; also warns of what cannot work.\n\n  nudge validate my.yaml --explain")
        {
            file, set, plugin, explain, schema,
        };
        command.SetAction((parsed, cancellation) => Abandonable.RunAsync(
            () => ValidateCommand.Execute(
                parsed.GetValue(file),
                parsed.GetValue(set) ?? [],
                parsed.GetValue(plugin) ?? [],
                parsed.GetValue(explain),
                parsed.GetValue(schema)),
            cancellation));
        return command;
    }

    private static Command Audit()
    {
        var file = new Argument<string?>("experiment")
        {
            HelpName = "experiment",
            Description = "A YAML file or the name of an embedded experiment. Without it: a small network per rule.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.CompletionSources.Add([.. ExperimentFile.Embedded]);
        Option<string[]> set = SetOption();
        Option<string[]> plugin = PluginOption.Create();
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print the measurements as a JSON array." };
        var command = new Command(
            "audit",
            "Measure how many bytes a rule carries from one phase into the next. Every place that could keep something\n"
            + "is made fresh, or poisoned, at each phase boundary, and counts if any weight comes out different.\n\n"
            + "  nudge audit digits --set learning.rule=isd")
        {
            file, set, plugin, data, json,
        };
        command.AddCheck(result =>
        {
            if (result.GetValue(file) is null && result.GetValue(set) is { Length: > 0 })
                result.AddError("--set overrides the settings of an experiment: name one.");
        });
        command.SetAction((parsed, cancellation) => Abandonable.RunAsync(
            () => AuditCommand.Execute(
                parsed.GetValue(file),
                parsed.GetValue(set) ?? [],
                parsed.GetValue(plugin) ?? [],
                DataCommand.Folder(parsed.GetValue(data)),
                parsed.GetValue(json)),
            cancellation));
        return command;
    }

    internal static Option<string[]> SetOption() => new("--set")
    {
        Description = "Override a setting, as path=value; may be repeated. --set lanes=4 --set \"granularity={slice: 64}\"",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
