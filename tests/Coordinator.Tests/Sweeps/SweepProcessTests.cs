using System.Security.Cryptography;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

public sealed class SweepProcessTests
{
    private static readonly string[] Sweep =
    [
        "sweep", "xor", "--vary", "links.activity.loss.rate=0..0.5:6", "--seeds", "4", "--set", "run.presentations=300",
        "--set", "run.evaluateEvery=100", "--quiet",
    ];

    [Fact]
    public async Task A_sweep_killed_five_times_and_resumed_gives_the_table_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        string[] begin = [.. Sweep, "--workers", "2", "--out", "killed"];
        string[] goOn = ["sweep", "--resume", "killed", "--quiet", "--workers", "2"];

        Ended undisturbed = await NudgeProcess.RunAsync(folder.Path, [.. Sweep, "--workers", "1", "--out", "whole"]);
        for (int kill = 1; kill <= 5; kill++)
        {
            using NudgeProcess process = NudgeProcess.Start(folder.Path, kill == 1 ? begin : goOn);
            await process.UntilAsync(() => Rows(folder.File("killed")) >= 4 * kill);
            process.Signal("KILL");
            await process.EndAsync();
        }

        Tear(folder.File("killed"));
        int before = Rows(folder.File("killed"));
        Ended resumed = await NudgeProcess.RunAsync(folder.Path, goOn);

        Assert.Equal(0, undisturbed.Code);
        Assert.Equal(0, resumed.Code);
        Assert.InRange(before, 20, 24);
        Assert.Equal(
            TinySweep.TableWithoutTimes(folder.File("whole")), TinySweep.TableWithoutTimes(folder.File("killed")));
        Assert.Equal(24, Rows(folder.File("killed")));
    }

    [Fact]
    public async Task A_sweep_that_keeps_its_runs_has_them_whole_after_kills()
    {
        using var folder = new TemporaryFolder();
        string[] begin = [.. Sweep, "--keep-runs", "--workers", "2", "--out", "killed"];
        string[] goOn = ["sweep", "--resume", "killed", "--quiet", "--workers", "2"];
        var half = 0;

        for (int kill = 1; kill <= 3; kill++)
        {
            using NudgeProcess process = NudgeProcess.Start(folder.Path, kill == 1 ? begin : goOn);
            await process.UntilAsync(() => Rows(folder.File("killed")) >= 5 * kill);
            process.Signal("KILL");
            await process.EndAsync();
            half += Directory.GetDirectories(folder.File("killed/runs")).Length - Rows(folder.File("killed"));
        }

        Ended resumed = await NudgeProcess.RunAsync(folder.Path, goOn);

        Assert.Equal(0, resumed.Code);
        Assert.True(half > 0, "no kill met a run under way");
        Assert.Equal(24, Directory.GetDirectories(folder.File("killed/runs")).Length);
        foreach (SweepRow row in SweepJournal.Read(folder.File($"killed/{SweepFiles.Journal}")))
        {
            string run = Directory.GetDirectories(folder.File("killed/runs"), $"{row.Point}-*-seed-{row.Seed}").Single();
            var summary = RunSummary.Parse(File.ReadAllText(Path.Combine(run, RunFiles.Summary)));
            byte[] weights = File.ReadAllBytes(Path.Combine(run, RunFiles.Weights));
            Assert.Equal(row.EventHash, summary.EventHash);
            Assert.Equal(summary.WeightsHash, Convert.ToHexStringLower(SHA256.HashData(weights)));
            Assert.Empty(Directory.GetFiles(run, "*.unfinished"));
        }
    }

    [Fact]
    public async Task A_sweep_goes_on_only_with_the_version_that_began_it()
    {
        using var folder = new TemporaryFolder();
        SweepPlan plan = TinySweep.Plan(1, "lanes=1,2");
        plan = SweepPlan.Make(plan.Definition with { Version = "0.0.7" }, yes: false);
        await TinySweep.RunAsync(folder.File("out"), plan, workers: 1);
        string journal = folder.File($"out/{SweepFiles.Journal}");

        Ended whole = await NudgeProcess.RunAsync(folder.Path, "sweep", "--resume", "out", "--quiet");
        File.WriteAllLines(journal, File.ReadAllLines(journal).Take(2));
        Ended missing = await NudgeProcess.RunAsync(folder.Path, "sweep", "--resume", "out", "--quiet");
        Ended report = await NudgeProcess.RunAsync(folder.Path, "report", "out");

        Assert.Equal(0, whole.Code);
        Assert.Equal(2, missing.Code);
        Assert.Contains("begun with nudge 0.0.7", missing.Error, StringComparison.Ordinal);
        Assert.Single(SweepJournal.Read(journal));
        Assert.Equal(0, report.Code);
    }

    [Fact]
    public async Task The_summary_comes_as_json()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(
            folder.Path,
            "sweep", "xor", "--vary", "lanes=1,2", "--seeds", "2", "--set", "run.presentations=40", "--json", "--out", "out");

        Assert.Equal(0, ended.Code);
        Assert.Equal(4, ended.Json.GetProperty("done").GetInt32());
        Assert.Equal("2", ended.Json.GetProperty("points")[1].GetProperty("settings").GetProperty("lanes").GetString());
        Assert.Contains("4 of 4:", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sweep", "expected an experiment")]
    [InlineData("sweep xor", "--vary")]
    [InlineData("sweep xor --vary links.activity.lost=1", "unknown key")]
    [InlineData("sweep xor --vary lanes=", "no values")]
    [InlineData("sweep xor --vary lanes=1,5000", "out of range")]
    [InlineData("sweep xor --vary lanes=1,2 --seeds 500000", "--yes")]
    [InlineData("sweep xor --vary lanes=1,2 --seeds 0", "--seeds")]
    [InlineData("sweep --resume .", "sweep.json")]
    [InlineData("sweep xor --resume .", "--resume")]
    [InlineData("sweep --keep-runs --resume .", "--keep-runs")]
    [InlineData("report .", "sweep.json")]
    public async Task What_cannot_be_done_as_asked_ends_with_2_and_leaves_nothing(string call, string expected)
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, call.Split(' '));

        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static int Rows(string folder)
    {
        string journal = Path.Combine(folder, SweepFiles.Journal);
        return File.Exists(journal) ? SweepJournal.Read(journal).Count : 0;
    }

    // What a power cut may leave: half a line at the end.
    private static void Tear(string folder) => File.AppendAllText(Path.Combine(folder, SweepFiles.Journal), """{"point":5,"se""");
}
