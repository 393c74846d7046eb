using Nudge.Experiments.Listing;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>A table about the definitions of a family: names first, then what is known of them.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, as many in each row as there are columns.</param>
/// <param name="CodeColumns">How many columns, from the first, hold what a file writes.</param>
internal sealed record ListingTable(
    IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int CodeColumns)
{
    /// <summary>The members of a family, and the settings of those that have some.</summary>
    internal static IEnumerable<ListingTable> Of(ListedFamily family)
    {
        IReadOnlyList<ListedFact> facts = family.Definitions.Count == 0 ? [] : family.Definitions[0].Facts;
        yield return new(
            ["name", "what it is", .. facts.Select(fact => fact.Name)],
            [
                .. family.Definitions.Select(one => (IReadOnlyList<string>)
                    [one.Label, one.Definition.Summary, .. one.Facts.Select(fact => fact.Text)]),
            ],
            1);
        if (family.Definitions.Any(one => one.Settings.Count > 0))
        {
            yield return new(
                ["settings of", "setting", "default", "meaning"],
                [
                    .. family.Definitions.SelectMany(one => one.Settings.Select(setting => (IReadOnlyList<string>)
                        [one.Label, setting.Path, setting.DefaultText, setting.Meaning])),
                ],
                2);
        }
    }

    /// <summary>Whether a column holds what a file writes.</summary>
    internal bool IsCode(int column) => column < CodeColumns;

    /// <summary>Prints families to a terminal.</summary>
    internal static void Print(IAnsiConsole console, IReadOnlyList<ListedFamily> families)
    {
        foreach (ListedFamily family in families)
        {
            var bold = new Style(decoration: Decoration.Bold);
            console.Write(new Text($"{family.Title}, chosen by {family.Key}\n", bold));
            foreach (ListingTable table in Of(family))
                console.Write(table.Grid());
        }
    }

    private Table Grid()
    {
        Table grid = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
        foreach (string column in Columns)
            grid.AddColumn(new TableColumn(new Text(column)));
        foreach (IReadOnlyList<string> row in Rows)
            grid.AddRow(row.Select(cell => new Text(cell)));
        return grid;
    }
}
