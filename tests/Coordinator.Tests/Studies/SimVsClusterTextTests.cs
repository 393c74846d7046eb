using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>The numbers that a study states are those of its table.</summary>
public sealed class SimVsClusterTextTests
{
    [Theory]
    [InlineData("sim-vs-cluster.csv")]
    [InlineData("sim-vs-cluster-every-step.csv")]
    [InlineData("sim-vs-lab.csv")]
    public void Every_accuracy_of_the_table_is_in_the_text(string table)
    {
        string text = Text();
        IReadOnlyDictionary<string, string>[] rows = Rows(table);
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(Percent(row["accuracy"]), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sim-vs-cluster.csv")]
    [InlineData("sim-vs-cluster-every-step.csv")]
    public void Shares_delivered_and_messages_that_died_with_nodes_are_those_of_the_table(string table)
    {
        string text = Text();
        foreach (IReadOnlyDictionary<string, string> row in Rows(table))
        {
            if (row["engine"] is "virtual" or "cluster")
                Assert.Contains((Number(row["delivered"]) / Number(row["sent"])).ToString("0.000", CultureInfo.InvariantCulture), text);
            else
                Assert.Contains($"| {Grouped(row["sent"])} | {Grouped(row["unaccounted"])} | {row["moves"]} |", text, StringComparison.Ordinal);
        }
    }

    private static string Percent(string share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * Number(share), 1, MidpointRounding.ToEven):0.0} %");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Grouped(string count) => Number(count).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Text() => File.ReadAllText(Path.Combine(Folder(), "sim-vs-cluster.md"));

    private static IReadOnlyDictionary<string, string>[] Rows(string table)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), table));
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary())];
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "studies");
}
