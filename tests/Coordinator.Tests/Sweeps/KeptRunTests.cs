using Nudge.Commands;
using Nudge.Recording;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

public sealed class KeptRunTests
{
    private static readonly string[] Grid = ["learning.rule=isd,differential-isd", "links.activity.loss.rate=0,0.4"];

    [Fact]
    public async Task Runs_that_are_kept_give_the_table_of_runs_that_are_not()
    {
        using var folder = new TemporaryFolder();

        await TinySweep.RunAsync(folder.File("plain"), TinySweep.Plan(2, Grid), workers: 2);
        await TinySweep.RunAsync(folder.File("kept"), TinySweep.Plan(2, Grid).Keeping(), workers: 4);

        string[] kept = [.. TinySweep.TableWithoutTimes(folder.File("kept"))];
        Assert.EndsWith(",folder", kept[0], StringComparison.Ordinal);
        Assert.Equal(9, kept.Length);
        Assert.Equal(
            TinySweep.TableWithoutTimes(folder.File("plain")), kept.Select(line => line[..line.LastIndexOf(',')]));
        Assert.False(Directory.Exists(Path.Combine(folder.File("plain"), SweepFiles.Runs)));
    }

    [Fact]
    public async Task A_kept_run_has_the_folder_that_its_experiment_file_gives_again()
    {
        using var folder = new TemporaryFolder();
        await TinySweep.RunAsync(folder.File("kept"), TinySweep.Plan(2, Grid).Keeping(), workers: 2);

        string kept = Path.Combine(
            folder.File("kept"), SweepFiles.Runs, "3-learning.rule=differential-isd_loss.rate=0.4-seed-2");
        string again = folder.File("again");
        await RunCommand.ExecuteAsync(
            new() { File = Path.Combine(kept, RunFiles.Experiment), Out = again, Quiet = true }, CancellationToken.None);

        Assert.Equal(Names(again), Names(kept));
        foreach (string file in new[] { RunFiles.Experiment, RunFiles.Weights })
            Assert.Equal(File.ReadAllBytes(Path.Combine(again, file)), File.ReadAllBytes(Path.Combine(kept, file)));
        RunSummary[] summaries =
            [.. new[] { kept, again }.Select(one => RunSummary.Parse(File.ReadAllText(Path.Combine(one, RunFiles.Summary))))];
        Assert.Equal(summaries[1].EventHash, summaries[0].EventHash);
        Assert.Equal(summaries[1].Metrics, summaries[0].Metrics);
        Assert.Equal(kept, summaries[0].OutputDirectory);
        Assert.Contains(summaries[0].EventHash!, File.ReadAllText(Path.Combine(folder.File("kept"), SweepFiles.Csv)));
    }

    [Fact]
    public async Task What_a_kill_left_of_a_run_is_made_anew_on_resume()
    {
        using var folder = new TemporaryFolder();
        string sweep = folder.File("out");
        await TinySweep.RunAsync(sweep, TinySweep.Plan(1, "lanes=1,2").Keeping(), workers: 1);
        string first = Path.Combine(sweep, SweepFiles.Runs, "0-lanes=1-seed-1");
        string second = Path.Combine(sweep, SweepFiles.Runs, "1-lanes=2-seed-1");
        byte[] weights = File.ReadAllBytes(Path.Combine(second, RunFiles.Weights));
        DateTime untouched = File.GetLastWriteTimeUtc(Path.Combine(first, RunFiles.Summary));
        IReadOnlyList<string> table = TinySweep.TableWithoutTimes(sweep);

        // As if the process had died after the first row, in the middle of the second run's files.
        string journal = Path.Combine(sweep, SweepFiles.Journal);
        File.WriteAllLines(journal, File.ReadAllLines(journal).Take(2));
        File.Delete(Path.Combine(second, RunFiles.Summary));
        File.WriteAllText(Path.Combine(second, RunFiles.Weights + ".unfinished"), "half");
        File.WriteAllText(Path.Combine(second, RunFiles.Metrics), "presentations\n1,");
        await TinySweep.ResumeAsync(sweep, workers: 1);

        Assert.Equal(table, TinySweep.TableWithoutTimes(sweep));
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(second, RunFiles.Weights)));
        Assert.Equal(Names(first), Names(second));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(Path.Combine(first, RunFiles.Summary)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_the_sweep_and_is_no_row()
    {
        using var folder = new TemporaryFolder();
        SweepPlan plan = TinySweep.Plan(1, "lanes=1,2").Keeping();
        using (SweepDirectory sweep = SweepDirectory.Create(plan, folder.File("out")))
            File.WriteAllText(sweep.Directory.FilePath(SweepFiles.Runs), "in the way");

        await Assert.ThrowsAsync<OutputException>(() => TinySweep.ResumeAsync(folder.File("out"), workers: 1));

        Assert.Empty(SweepJournal.Read(Path.Combine(folder.File("out"), SweepFiles.Journal)));
    }

    [Fact]
    public void A_sweep_begun_before_runs_could_be_kept_keeps_none()
    {
        string json = TinySweep.Definition(1, "lanes=1,2").ToJson();

        Assert.DoesNotContain("keepRuns", json, StringComparison.Ordinal);
        Assert.False(SweepDefinition.Parse(json).KeepRuns);
        Assert.True(SweepDefinition.Parse((SweepDefinition.Parse(json) with { KeepRuns = true }).ToJson()).KeepRuns);
    }

    [Theory]
    [InlineData("links.activity.loss={law: independent, rate: 0.1},{law: none}", "0-activity.loss=_law_independent_rate_0.1-seed-1")]
    [InlineData("links.activity.loss.rate=0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.85,0.9", "00-loss.rate=0-seed-1")]
    public void A_folder_is_named_after_its_settings(string vary, string expected)
    {
        SweepPlan plan = TinySweep.Plan(1, vary);

        string[] names = [.. plan.Points.Select(point => KeptRuns.Folder(plan, point, 1))];

        Assert.Equal($"{SweepFiles.Runs}/{expected}", names[0]);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order();
}
