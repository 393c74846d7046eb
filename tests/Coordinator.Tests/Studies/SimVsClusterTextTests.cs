using System.Globalization;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>The numbers that the studies of the cluster state are those of their tables.</summary>
public sealed class SimVsClusterTextTests
{
    private const int Seeds = 5;
    private static readonly string[] Undisturbed = ["virtual", "cluster"];

    [Fact]
    public void Every_cell_of_virtual_time_and_the_cluster_is_the_mean_of_its_seeds()
    {
        string text = new StudyPage("sim-vs-cluster").Text;
        IReadOnlyDictionary<string, string>[] rows =
            [.. StudyPage.Rows("sim-vs-cluster.csv").Where(row => Undisturbed.Contains(row["engine"]))];
        Assert.NotEmpty(rows);
        foreach (IGrouping<(string, string), IReadOnlyDictionary<string, string>> cell in rows.GroupBy(row => (row["engine"], row["loss"])))
        {
            Assert.Equal(Seeds, cell.Count());
            Assert.Contains(StudyPage.Spread([.. cell.Select(row => StudyPage.Number(row["accuracy"]))]), text, StringComparison.Ordinal);
            double delivered = cell.Average(row => StudyPage.Number(row["delivered"]) / StudyPage.Number(row["sent"]));
            Assert.Contains($"| {delivered.ToString("0.000", CultureInfo.InvariantCulture)} |", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Killed_nodes_and_the_lab_are_told_as_they_were()
    {
        string text = new StudyPage("sim-vs-cluster").Text;
        foreach (IReadOnlyDictionary<string, string> row in StudyPage.Rows("sim-vs-cluster.csv").Where(row => !Undisturbed.Contains(row["engine"])))
        {
            string accuracy = StudyPage.Percent(StudyPage.Number(row["accuracy"]));
            string seconds = StudyPage.Number(row["seconds"]).ToString("0", CultureInfo.InvariantCulture);
            Assert.Contains(
                $"| {accuracy} | {seconds} | {Grouped(row["sent"])} | {Grouped(row["unaccounted"])} | {row["moves"]} |",
                text,
                StringComparison.Ordinal);
        }

        Assert.All(
            StudyPage.Rows("sim-vs-lab.csv"),
            row => Assert.Contains(StudyPage.Percent(StudyPage.Number(row["accuracy"])), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Accuracies_and_rates_against_lag_are_the_means_of_their_seeds()
    {
        string text = new StudyPage("lag").Text;
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = StudyPage.Rows("lag.csv");
        Assert.NotEmpty(rows);
        foreach (IGrouping<(string, string), IReadOnlyDictionary<string, string>> cell in rows.GroupBy(row => (row["engine"], row["lag"])))
        {
            double accuracy = cell.Average(row => StudyPage.Number(row["accuracy"]));
            double seconds = cell.Average(row => StudyPage.Number(row["seconds"]));
            string line = $"| {StudyPage.Percent(accuracy)} | {seconds.ToString("0.0", CultureInfo.InvariantCulture)} |";
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    private static string Grouped(string count) =>
        StudyPage.Number(count).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
