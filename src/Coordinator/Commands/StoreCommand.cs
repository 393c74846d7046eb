using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Store;

namespace Nudge.Commands;

/// <summary><c>nudge store</c>: shows which runs the store of a cluster keeps, and deletes those that are no longer needed.</summary>
internal static class StoreCommand
{
    // Slices save themselves every few seconds: one that did not for so long is not up.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    internal static Command Create() => new(
        "store",
        "Show which runs the store of a cluster keeps, and delete those that are no longer needed. A run stays in its store when it\n"
        + "has ended, so that it can go on with more presentations.\n\n"
        + "  nudge store list --store sqlite:/var/lib/nudge/slices.db\n"
        + "  nudge store delete runs/digits-1 --store sqlite:/var/lib/nudge/slices.db\n"
        + "  nudge store delete --unused-for 30 --dry-run --settings node.yaml\n\n"
        + "A store on many machines is named as its nodes name it: by NUDGE_NODE_STORE, since a command line is visible to all users\n"
        + "of a machine, and NUDGE_NODE_STORE_FILES.")
    {
        List(), Delete(),
    };

    private static Command List()
    {
        var place = new StorePlace();
        Option<bool> json = JsonOption();
        var command = new Command("list", "Show the runs of a store, the one that wrote last first: its slices, and what it takes.") { json };
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            IReadOnlyList<StoredRun> runs = await new StoredRuns(place.Settings(parsed)).ListAsync(cancellation);
            StoredRunsTable.Print(Console.Out, !Console.IsOutputRedirected, runs, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Delete()
    {
        var runs = new Argument<string[]>("runs")
        {
            Description = "The folder of a run that has ended, or the name of a run as nudge store list shows it.",
            HelpName = "RUN",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var unused = new Option<double?>("--unused-for")
        {
            Description = "Delete all runs of which nothing was written for so many days.",
            HelpName = "DAYS",
            CustomParser = result =>
            {
                string text = result.Tokens[^1].Value;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double days) && days is >= 0 and <= 1e6)
                    return days;
                result.AddError($"--unused-for: found {text}; expected a number of days");
                return null;
            },
        };
        var dry = new Option<bool>("--dry-run") { Description = "Only show what would be deleted." };
        var force = new Option<bool>("--force")
        {
            Description = $"Delete also what was written in the last {Quiet.TotalMinutes:0} minutes, as by a run that is not over, and a run that was "
                + "interrupted and can be resumed.",
        };
        Option<bool> json = JsonOption();
        var place = new StorePlace();
        var command = new Command(
            "delete",
            "Delete all that a store keeps of some runs: rows and files. They cannot go on afterwards; their own folders stay.\n\n"
            + "  nudge store delete runs/digits-1 runs/digits-2\n"
            + "  nudge store delete --unused-for 30\n\n"
            + "Nothing is deleted where a run is not found or may not be over. A file of SQLite keeps its size, and what is free in it\n"
            + "is used again.")
        {
            runs, unused, dry, force, json,
        };
        place.AddTo(command);
        command.AddCheck(result =>
        {
            if (result.GetValue(runs) is { Length: > 0 } == result.GetResult(unused) is { Implicit: false })
                result.AddError("expected runs, or --unused-for DAYS");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var store = new StoredRuns(place.Settings(parsed));
            IReadOnlyList<StoredRun> there = await store.ListAsync(cancellation);
            bool forced = parsed.GetValue(force);
            StoredRun[] chosen = parsed.GetValue(unused) is double days
                ? [.. there.Where(run => TimeProvider.System.GetUtcNow() - run.Written >= TimeSpan.FromDays(days) && (forced || IsQuiet(run)))]
                : Named(parsed.GetValue(runs)!, there, forced);
            foreach (StoredRun run in parsed.GetValue(dry) ? [] : chosen)
                await store.DeleteAsync(run.Run, cancellation);
            StoredRunsTable.Print(Console.Out, !Console.IsOutputRedirected, chosen, parsed.GetValue(json));
            if (!parsed.GetValue(json))
                Console.Out.WriteLine($"{(parsed.GetValue(dry) ? "would be deleted" : "deleted")}: {chosen.Length} of {there.Count} runs");
            return ExitCode.Done;
        });
        return command;
    }

    private static StoredRun[] Named(string[] names, IReadOnlyList<StoredRun> there, bool forced)
    {
        var problems = new List<Problem>();
        var chosen = new List<StoredRun>();
        foreach (string name in names)
        {
            try
            {
                RunSummary? ended = Directory.Exists(name) ? SummaryOf(name, forced) : null;
                string wanted = ended?.StoredAs ?? name;
                StoredRun run = there.FirstOrDefault(one => one.Run == wanted)
                    ?? throw new OutputException(ended is null ? "neither a run of this store nor a folder" : $"this store has no run {wanted}");
                // A folder with results says itself that its run is over.
                if (ended is null && !forced && !IsQuiet(run))
                    throw new OutputException($"was written at {run.Written:yyyy-MM-dd HH:mm:ss}Z and may not be over; --force deletes it all the same");
                chosen.Add(run);
            }
            catch (OutputException error)
            {
                problems.Add(new(name, "", error.Message));
            }
        }

        return problems.Count > 0 ? throw new ExperimentException([.. problems]) : [.. chosen.DistinctBy(run => run.Run)];
    }

    private static RunSummary SummaryOf(string folder, bool forced)
    {
        string path = Path.Combine(folder, RunFiles.Summary);
        RunSummary summary;
        try
        {
            summary = RunSummary.Parse(File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            throw new OutputException($"has no {RunFiles.Summary}: no run has ended there");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{RunFiles.Summary}: {error.Message}", error);
        }

        if (summary.StoredAs is null)
            throw new OutputException($"{RunFiles.Summary}: the run was kept in no store");
        return summary.Interrupted && !forced
            ? throw new OutputException("was interrupted, and goes on from the store with --resume; --force deletes it all the same")
            : summary;
    }

    private static bool IsQuiet(StoredRun run) => TimeProvider.System.GetUtcNow() - run.Written >= Quiet;

    private static Option<bool> JsonOption() => new("--json") { Description = "Print a JSON array." };

    /// <summary>The options that name a store, as a node has them.</summary>
    private sealed class StorePlace
    {
        private readonly NodeOptions _options = new();

        internal void AddTo(Command command)
        {
            command.Add(_options.File);
            command.Add(_options.Store.Option);
            command.Add(_options.StoreFiles.Option);
        }

        internal StoreSettings Settings(ParseResult parsed)
        {
            NodeSources sources = _options.Sources(parsed);
            return StoreSettings.TryParse(_options.Store.Of(sources), out StoreSettings? store, out _)
                ? store.WithFiles(_options.StoreFiles.Of(sources))
                : throw new ExperimentException([new(_options.Store.Option.Name, "", $"missing; expected it, {_options.Store.Variable} or a file of settings with it")]);
        }
    }
}
