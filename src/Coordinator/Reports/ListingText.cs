using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Experiments.Explaining;
using Nudge.Experiments.Listing;

namespace Nudge.Reports;

/// <summary>Lists of definitions as plain lines, as Markdown and as JSON.</summary>
internal static class ListingText
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Lines whose columns are aligned with spaces, for a pipe.</summary>
    internal static string Plain(IReadOnlyList<ListedFamily> families)
    {
        var text = new StringBuilder();
        foreach (ListedFamily family in families)
        {
            Heading(text, family.Title);
            foreach (ListingTable table in ListingTable.Of(family))
                Aligned(text, table);
        }

        return text.ToString();
    }

    /// <summary>A page of Markdown: a heading, and tables for each family.</summary>
    internal static string Markdown(IReadOnlyList<ListedFamily> families)
    {
        var text = new StringBuilder("# Catalogue\n\nWritten by `nudge list --markdown`; changes by hand are lost.\n");
        foreach (ListedFamily family in families)
        {
            text.Append($"\n## {family.Title}\nChosen by `{family.Key}`.\n");
            foreach (ListingTable table in ListingTable.Of(family))
            {
                text.Append('\n').Append(Row(table.Columns));
                text.Append(Row([.. table.Columns.Select(_ => "---")]));
                foreach (IReadOnlyList<string> row in table.Rows)
                    text.Append(Row([.. row.Select((cell, column) => Cell(table, column, cell))]));
            }
        }

        return text.ToString();
    }

    /// <summary>One JSON object: an array of definitions for each family.</summary>
    internal static string Json(IReadOnlyList<ListedFamily> families)
    {
        var json = new JsonObject();
        foreach (ListedFamily family in families)
            json[family.Name] = new JsonArray([.. family.Definitions.Select(Json)]);
        return json.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Json(ListedDefinition listed)
    {
        var json = new JsonObject { ["name"] = listed.Definition.Name, ["summary"] = listed.Definition.Summary };
        foreach (ListedFact fact in listed.Facts)
            json[fact.Name] = fact.Value?.DeepClone();
        var settings = new JsonObject();
        foreach (ListedSetting setting in listed.Settings)
        {
            settings[setting.Path] = new JsonObject
            {
                ["default"] = setting.IsRequired || setting.Default is null ? null : ScalarSchema.Json(setting.Default),
                ["required"] = setting.IsRequired,
                ["meaning"] = setting.Meaning,
            };
        }

        json["settings"] = settings;
        return json;
    }

    private static void Heading(StringBuilder text, string title) =>
        text.Append(text.Length == 0 ? "" : "\n").Append(title).Append('\n');

    private static void Aligned(StringBuilder text, ListingTable table)
    {
        IReadOnlyList<string>[] rows = [table.Columns, .. table.Rows];
        int[] widths = [.. table.Columns.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (IReadOnlyList<string> row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Cell(ListingTable table, int column, string cell) =>
        table.IsCode(column) ? $"`{cell}`" : Escaped(cell);

    private static string Escaped(string cell) =>
        cell.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
