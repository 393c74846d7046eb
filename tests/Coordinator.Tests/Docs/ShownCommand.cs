using System.CommandLine;
using System.Text.RegularExpressions;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Experiments;
using Nudge.Stimuli;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>A command of the program that a page shows, as the program's own parser reads it.</summary>
internal sealed partial class ShownCommand
{
    private const string ThroughDotnet = "src/Coordinator";

    private ShownCommand(string[] arguments)
    {
        Arguments = arguments;
        Parsed = CommandLine.Create().Parse(arguments);
    }

    internal string[] Arguments { get; }

    internal ParseResult Parsed { get; }

    internal string Text => $"nudge {string.Join(' ', Arguments)}";

    /// <summary>Whether it ends at once, and needs nothing that is not in the checkout or on the page.</summary>
    internal bool IsQuick => !IsOfTemplate && (Arguments.Intersect(["--help", "--version"]).Any()
        || Arguments[0] is "validate" or "list" or "completion"
        || Arguments is ["reproduce"]
        || Arguments is ["data", "info", var set, ..] && DataSetCatalog.Names.Except(["mnist", "idx", "cifar-10", "file"]).Contains(set)
        || Arguments is ["cert", _, ..]);

    // The files of a new plug-in: another test makes them and runs what its page shows.
    private bool IsOfTemplate => Arguments.Any(word => word == "experiment.yaml" || word.StartsWith("MyRules/", StringComparison.Ordinal));

    /// <summary>The commands of the program in the shell blocks of a page.</summary>
    internal static IReadOnlyList<ShownCommand> On(Page page) =>
    [
        .. page.Blocks.Where(block => block.Language == "sh").SelectMany(block => In(block.Text)),
    ];

    /// <summary>The commands of the program in the text of a shell block.</summary>
    internal static IEnumerable<ShownCommand> In(string block) => ShellText.Commands(block)
        .Select(ArgumentsOf)
        .OfType<string[]>()
        .Select(arguments => new ShownCommand(arguments));

    // The arguments of a line that starts the program, or null for another one.
    private static string[]? ArgumentsOf(string[] words)
    {
        string[] line = [.. words.SkipWhile(word => Variable().IsMatch(word))];
        int program = Array.IndexOf(line, "--");
        return line switch
        {
            ["nudge", .. var arguments] => arguments,
            ["dotnet", "run", ..] when program > 0 && line[program - 1] == ThroughDotnet => line[(program + 1)..],
            ["netlab", "run", ..] when program > 0 && line[(program + 1)..] is ["nudge", .. var arguments] => arguments,
            _ => null,
        };
    }

    /// <summary>The errors that the parser reports.</summary>
    internal IEnumerable<string> Refusals() => Parsed.Errors.Select(error => $"{Text}: {error.Message}");

    /// <summary>What is wrong with its experiment and settings; null where it names a file that is not known.</summary>
    /// <param name="onPage">Experiments that the page itself shows, by file.</param>
    internal string? Problem(IReadOnlyDictionary<string, string> onPage)
    {
        if (IsOfTemplate || Argument() is not { } named)
            return null;
        try
        {
            if (onPage.TryGetValue(named, out string? text))
                ExperimentFile.Parse(named, text, Values("--set"), null);
            else if (FileOf(named) is { } file)
                Load(file);
            return null;
        }
        catch (ExperimentException error)
        {
            return $"{Text}: {error.Message}";
        }
    }

    /// <summary>The arguments with files of the checkout under their full paths.</summary>
    internal string[] FromAnywhere() =>
        [.. Arguments.Select(word => File.Exists(Checkout.PathOf(word)) ? Checkout.PathOf(word) : word)];

    private void Load(string file)
    {
        string[] set = Values("--set");
        ExperimentFile.Load(file, set, null);
        if (Parsed.CommandResult.Command.Name == "sweep")
            SweepPlan.Make(SweepDefinition.Of(new() { File = file, Set = set, Vary = Values("--vary") }), yes: true);
    }

    // The experiment that is run, measured or checked, or the folder of a run of it.
    private string? Argument()
    {
        string? argument = Parsed.CommandResult.Command.Arguments.FirstOrDefault()?.Name;
        string? given = argument is "experiment" or "run" ? Parsed.GetValue<string?>(argument) : null;
        return given ?? (Values("--set").Length > 0 ? ExperimentFile.Default : null);
    }

    private static string? FileOf(string named)
    {
        if (Placeholder().IsMatch(named))
            return null;
        if (Folder().Match(named) is { Success: true } folder)
            return folder.Groups[1].Value;
        return named.StartsWith("experiments/", StringComparison.Ordinal) ? Checkout.PathOf(named) : named;
    }

    private string[] Values(string option) =>
        Parsed.CommandResult.Command.Options.Any(one => one.Name == option)
            ? Parsed.GetValue<string[]>(option) ?? []
            : [];

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Variable();

    [GeneratedRegex("^[A-Z]+$|/runs/")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^runs/([a-z-]+)-[0-9]+$")]
    private static partial Regex Folder();
}
