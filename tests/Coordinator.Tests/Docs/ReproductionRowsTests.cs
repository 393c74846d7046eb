using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Measurements;
using Nudge.Reproductions;
using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The tables of docs/reproduction.md are those of rows that are kept beside it, or say that none are.</summary>
public sealed partial class ReproductionRowsTests
{
    private const string NotKept = "rows not kept";

    [Fact]
    public void Every_row_of_a_table_names_its_file_of_rows_or_says_that_they_were_not_kept()
    {
        TableRow[] rows = [.. TableRow.All()];

        Assert.True(rows.Length > 20);
        Problems.AssertNone(rows.Where(row => row.File is null && row.Rows != NotKept).Select(row => row.Text));
        Problems.AssertNone(rows.Where(row => row.File is not null && !File.Exists(row.File)).Select(row => row.Text));
    }

    [Fact]
    public void Every_number_of_a_row_with_a_file_is_that_of_the_file() =>
        Problems.AssertNone(TableRow.All().Where(row => row.File is not null).SelectMany(row => row.Differences()));

    [Fact]
    public void Every_file_of_rows_is_named_and_holds_no_path_of_a_machine()
    {
        string page = File.ReadAllText(Checkout.PathOf("docs", "reproduction.md"));
        foreach (string file in Directory.GetFiles(Checkout.PathOf("docs", "reproduction")))
        {
            Assert.Contains($"(reproduction/{Path.GetFileName(file)})", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(AbsolutePath(), File.ReadAllText(file));
        }
    }

    [GeneratedRegex(@"(^|[\s,""])(/|[A-Z]:\\)\w", RegexOptions.Multiline)]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"\((reproduction/[^)]+)\)")]
    private static partial Regex Link();

    /// <summary>A row of a table of the page.</summary>
    private sealed record TableRow(string Section, string[] Header, string[] Cells)
    {
        internal string Text => $"{Section}: {string.Join(" | ", Cells)}";

        internal string Rows => Cells[^1];

        internal string? File => Link().Match(Rows) is { Success: true } match
            ? Checkout.PathOf("docs", match.Groups[1].Value)
            : null;

        internal static IEnumerable<TableRow> All()
        {
            (string section, string[]? header) = ("", null);
            foreach (string line in Checkout.Lines("docs", "reproduction.md"))
            {
                if (line.StartsWith("## ", StringComparison.Ordinal))
                    section = line[3..];
                string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
                if (!line.StartsWith('|'))
                    header = null;
                else if (header is null)
                    header = cells;
                else if (!line.StartsWith("| ---", StringComparison.Ordinal))
                    yield return new(section, header, cells);
            }
        }

        // A column that is no property of an arm is a part of its name.
        internal IEnumerable<string> Differences()
        {
            Measure measure = ReproductionCatalogue.Find(Section).Measure;
            for (int i = 1; i < Header.Length - 1; i++)
            {
                if (Header[i] == "predicted")
                {
                    string theory = measure.Text(measure.MeanOf(ValuesOf(Cells[0], measure.Predicted!)).Centre);
                    if (Cells[i] != theory)
                        yield return $"{Text}: predicted: expected {theory}";
                    continue;
                }

                bool isPart = Expected(Header[i], measure, [0]) is null;
                double[] values = ValuesOf(isPart ? $"{Header[i]} {Cells[0]}" : Cells[0], measure.Metric);
                string? expected = Expected(isPart ? "mean" : Header[i], measure, values);
                if (Header[i] != "reference" && Cells[i] != expected)
                    yield return $"{Text}: {Header[i]}: expected {expected}";
            }
        }

        private static string? Expected(string column, Measure measure, double[] values)
        {
            Interval mean = measure.MeanOf(values);
            return column switch
            {
                "seeds" => values.Length.ToString(CultureInfo.InvariantCulture),
                "mean" => measure.Text(mean.Centre),
                "95 % interval" => $"{measure.Digits(mean.Low)} to {measure.Text(mean.High)}",
                "median" => measure.Text(Sample.Median(values)),
                "reference" => "",
                _ => null,
            };
        }

        private double[] ValuesOf(string arm, string metric)
        {
            string[] lines = System.IO.File.ReadAllLines(File!);
            string[] names = TinySweep.Cells(lines[0]);
            return
            [
                .. lines.Skip(1).Select(TinySweep.Cells).Where(row => row[0] == arm)
                    .Select(row => double.Parse(row[Array.IndexOf(names, metric)], CultureInfo.InvariantCulture)),
            ];
        }
    }
}
