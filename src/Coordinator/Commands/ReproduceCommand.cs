using System.CommandLine;
using Nudge.Reports;
using Nudge.Reproductions;
using Nudge.Reproductions.Results;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge reproduce</c>: makes the runs behind a published result and holds them against it.</summary>
internal static class ReproduceCommand
{
    internal static Command Create()
    {
        var name = new Argument<string?>("name")
        {
            Description = $"One of {string.Join(", ", ReproductionCatalogue.Names)}. Without it: a list.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var quick = new Option<bool>("--quick") { Description = "A rehearsal: shorter runs and fewer seeds, which are not judged." };
        var arms = new Option<string[]>("--arm") { Description = "An arm whose runs are made, as tables name it; may be repeated. Default: all of them." };
        Option<int?> seeds = Count("--seeds", "Runs of each arm, seeds 1 to N, in place of the definition's number.");
        Option<int?> workers = Count("--workers", "Runs at a time; results do not depend on it. Default: one a core.");
        var output = new Option<string?>("--out")
        {
            Description = "The folder for results, which must not exist. "
                + "Default: runs/reproduce-NAME-N, the first that is free.",
        };
        var resume = new Option<string?>("--resume")
        {
            Description = "Go on with the interrupted reproduction in this folder: the runs that it has are kept.",
        };
        Option<string?> data = DataCommand.FolderOption();
        var json = new Option<bool>("--json") { Description = "Print summary.json in place of the table." };
        var quiet = new Option<bool>("--quiet") { Description = "Show no progress." };
        var command = new Command(
            "reproduce",
            "Reproduce a result of the literature: several seeds of each arm, a table, figures and verdicts.\n\n"
            + "  nudge reproduce                    what there is\n"
            + "  nudge reproduce phase-length --quick\n"
            + "  nudge reproduce rbm-bas --arm isd --arm cd\n"
            + "  nudge reproduce --resume DIR       the runs that an interruption left to be made")
        {
            name, quick, arms, seeds, workers, output, resume, data, json, quiet,
        };
        command.AddCheck(result =>
        {
            if (result.GetValue(resume) is not null && (result.GetValue(name) is not null || result.GetValue(quick)
                || result.GetResult(arms) is not null || result.GetResult(seeds) is not null || result.GetValue(output) is not null))
                result.AddError("--resume goes on with the reproduction as it was begun: it takes no name, --quick, --arm, --seeds or --out.");
        });
        command.SetAction((parsed, cancellation) => NameOf(parsed.GetValue(name), parsed.GetValue(resume)) is not { } wanted
            ? Task.FromResult(List(Console.Out))
            : RunAsync(
                ReproductionCatalogue.Find(wanted),
                new()
                {
                    Quick = parsed.GetValue(quick),
                    Arms = parsed.GetValue(arms) ?? [],
                    Seeds = parsed.GetValue(seeds),
                    Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount,
                    Out = parsed.GetValue(output),
                    Resume = parsed.GetValue(resume),
                    Data = DataCommand.Folder(parsed.GetValue(data)),
                },
                parsed.GetValue(json),
                parsed.GetValue(quiet),
                cancellation));
        return command;
    }

    internal static Option<int?> Count(string option, string description) => new(option)
    {
        Description = description,
        CustomParser = result => Number.Of(result, option, 1),
    };

    private static string? NameOf(string? given, string? resumed) => resumed is null ? given : ReproductionFolder.Asked(resumed).Name;

    private static int List(TextWriter output)
    {
        int width = ReproductionCatalogue.All.Max(one => one.Name.Length);
        foreach (Reproduction one in ReproductionCatalogue.All)
        {
            string runs = $"{one.Arms.Count} arms, {one.Seeds} seeds (--quick: {one.QuickSeeds})";
            output.WriteLine($"  {one.Name.PadRight(width)}  {one.Title}: {runs}");
        }

        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(
        Reproduction reproduction, ReproduceRequest request, bool json, bool quiet, CancellationToken cancellation)
    {
        using IProgressDisplay progress = ProgressDisplays.Create(
            Console.Error, !Console.IsErrorRedirected, quiet, TimeProvider.System);
        ReproductionSummary summary = await ReproductionRun.RunAsync(
            reproduction,
            ReferenceFile.Of(ReferenceFile.Embedded, reproduction.Name),
            request,
            progress,
            new ReproductionFigures(),
            cancellation);
        progress.Dispose();
        if (json)
            Console.Out.WriteLine(summary.ToJson());
        else
            ReproductionTable.Print(Console.Out, !Console.IsOutputRedirected, summary, reproduction.Measure);
        return summary.Interrupted ? ExitCode.Interrupted
            : summary.Failures.Count > 0 ? ExitCode.Failed
            : ExitCode.Done;
    }
}
