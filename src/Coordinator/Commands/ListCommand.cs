using System.CommandLine;
using Nudge.Catalogue;
using Nudge.Experiments.Listing;
using Nudge.Reports;

namespace Nudge.Commands;

/// <summary><c>nudge list</c>: what an experiment file may name, from the catalogue.</summary>
internal static class ListCommand
{
    internal static Command Create()
    {
        var family = new Argument<string?>("family")
        {
            Description = $"One of {string.Join(", ", CatalogueListing.Names)}. Without it: all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        family.AcceptOnlyFromAmong([.. CatalogueListing.Names]);
        var json = new Option<bool>("--json")
        {
            Description = "Print one JSON object: for each family an array of definitions with their settings.",
        };
        var markdown = new Option<bool>("--markdown")
        {
            Description = "Print tables in Markdown. All families together are docs/guide/catalogue.md.",
        };
        Option<string[]> plugin = PluginOption.Create();
        var command = new Command(
            "list",
            "List the models, rules, laws of delay and loss, data sets and placements that an experiment file can\n"
            + "name: what each is, where it comes from, and its own settings with their defaults. For a rule also\n"
            + "the models that it suits and what it carries from phase to phase. Each definition describes itself.\n\n"
            + "  nudge list rules\n"
            + "  nudge list --json\n"
            + "  nudge list --markdown > docs/guide/catalogue.md\n\n"
            + "nudge validate FILE --explain shows the settings of one experiment.")
        {
            family, plugin, json, markdown,
        };
        command.AddCheck(result =>
        {
            if (result.GetValue(json) && result.GetValue(markdown))
                result.AddError("--json and --markdown are two formats: expected one of them.");
        });
        command.SetAction(parsed => Execute(
            parsed.GetValue(family), PluginOption.Catalogue(parsed.GetValue(plugin)), parsed.GetValue(json), parsed.GetValue(markdown)));
        return command;
    }

    private static int Execute(string? family, DefinitionCatalogue catalogue, bool json, bool markdown)
    {
        IReadOnlyList<ListedFamily> families = new CatalogueListing(catalogue).Of(family);
        if (json)
            Console.Out.Write(ListingText.Json(families));
        else if (markdown)
            Console.Out.Write(ListingText.Markdown(families));
        else if (Console.IsOutputRedirected)
            Console.Out.Write(ListingText.Plain(families));
        else
            ListingTable.Print(ReportConsole.Create(Console.Out, isTerminal: true), families);
        return ExitCode.Done;
    }
}
