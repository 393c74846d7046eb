using System.Globalization;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>The numbers that the studies of the cluster state are those of their tables.</summary>
public sealed class SimVsClusterTextTests
{
    private const int Seeds = 5;
    private static readonly string[] Undisturbed = ["virtual", "cluster"];

    [Fact]
    public void The_table_of_faults_is_that_of_its_rows()
    {
        string text = new StudyPage("sim-vs-cluster").Text;
        IReadOnlyDictionary<string, string>[] rows = [.. StudyPage.Rows("faults.csv")];
        Assert.Equal(6, rows.Length);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            Assert.Contains(Percent(row["accuracy"]), text, StringComparison.Ordinal);
            Assert.Equal("0", row["olderSnapshots"]);
        }

        foreach (string seed in rows.Select(row => row["seed"]).Distinct())
        {
            IReadOnlyDictionary<string, string> calm = rows.Single(row => row["seed"] == seed && row["run"] == "undisturbed");
            IReadOnlyDictionary<string, string> faults = rows.Single(row => row["seed"] == seed && row["run"] != "undisturbed");
            string begin = $"| {seed} | {Percent(calm["accuracy"])} | {Percent(faults["accuracy"])} |";
            string line = text.Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal));
            Assert.Contains($"| {Whole(faults["seconds"])} ({Whole(calm["seconds"])}) | {faults["moves"]} |", line, StringComparison.Ordinal);
        }

        static string Percent(string share) => StudyPage.Percent(StudyPage.Number(share));
        static string Whole(string seconds) => StudyPage.Number(seconds).ToString("0", CultureInfo.InvariantCulture);
    }

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
