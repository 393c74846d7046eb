using System.Text.Json;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>The truth meter as a user meets it.</summary>
public sealed class TruthTests
{
    private static readonly string[] Measured =
        ["run", "xor", "--quiet", "--set", "run.truthEvery=400", "--set", "run.truthPhases=200", "--set", "run.checkpointEvery=500"];

    [Theory]
    [InlineData("virtual")]
    [InlineData("actors")]
    public async Task Readings_at_intervals_go_into_the_run_directory(string engine)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, [.. Measured, "--json", "--engine", engine, "--set", "run.presentations=800", "--out", "r", NudgeProcess.Plots]);
        Assert.True(run.Code == 0, run.Error);
        string[] lines = File.ReadAllLines(folder.File("r/truth.csv"));
        Assert.StartsWith("presentations,cosine,signAgreement,bias,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0,", lines[1], StringComparison.Ordinal);
        Assert.InRange(lines.Length, 3, 4);
        foreach (string file in new[] { "truth.png", "truth.svg", "staleness.png", "staleness.svg" })
            Assert.True(new FileInfo(folder.File(Path.Combine("r", file))).Length > 100, file);
        Assert.Equal(JsonValueKind.Object, run.Json.GetProperty("truth").ValueKind);
        Assert.True(run.Json.GetProperty("staleness").GetProperty("mean").GetDouble() > 0);
        Assert.Equal(engine == "virtual", run.Json.GetProperty("phaseLag").ValueKind == JsonValueKind.Number);
        Assert.Equal(JsonValueKind.Number, run.Json.GetProperty("energy").ValueKind);
    }

    [Fact]
    public async Task Readings_change_no_bit_of_the_run_and_a_resumed_one_goes_on_with_them()
    {
        using var folder = new TemporaryFolder();
        string[] length = ["--set", "run.presentations=2400"];
        Ended plain = await NudgeProcess.RunAsync(folder.Path, ["run", "xor", "--quiet", "--json", .. length, "--out", "plain"]);
        Ended whole = await NudgeProcess.RunAsync(folder.Path, [.. Measured, "--json", .. length, "--out", "whole"]);
        Assert.Equal(plain.Json.GetProperty("eventHash").GetString(), whole.Json.GetProperty("eventHash").GetString());
        Assert.Equal(plain.Json.GetProperty("weightsHash").GetString(), whole.Json.GetProperty("weightsHash").GetString());
        using (NudgeProcess stopped = NudgeProcess.Start(folder.Path, [.. Measured, .. length, "--out", "stopped"]))
        {
            await stopped.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
            stopped.Signal("KILL");
            await stopped.EndAsync();
        }

        Ended resumed = await NudgeProcess.RunAsync(folder.Path, "run", "--resume", "stopped", "--quiet", "--json");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(File.ReadAllText(folder.File("whole/truth.csv")), File.ReadAllText(folder.File("stopped/truth.csv")));
    }

    [Fact]
    public async Task On_demand_a_run_and_an_experiment_are_measured()
    {
        using var folder = new TemporaryFolder();
        await NudgeProcess.RunAsync(folder.Path, "run", "xor", "--quiet", "--set", "run.presentations=40", "--out", "r");
        Ended run = await NudgeProcess.RunAsync(folder.Path, "truth", "r", "--phases", "2000", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.InRange(run.Json.GetProperty("all").GetProperty("cosine").GetDouble(), 0.7, 1);
        Ended experiment = await NudgeProcess.RunAsync(folder.Path, "truth", "xor", "--phases", "200");
        Assert.True(experiment.Code == 0, experiment.Error);
        Assert.Contains("bits-hidden", experiment.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_zero_weights_that_does_not_learn_leaves_nothing_to_compare()
    {
        using var folder = new TemporaryFolder();
        string[] settings =
        [
            .. new[] { "bits-hidden", "hidden-class" }
                .SelectMany(name => new[] { "--set", $"projections.{name}.gain=0", "--set", $"projections.{name}.rate=0" }),
        ];
        Ended ended = await NudgeProcess.RunAsync(folder.Path, ["truth", "xor", "--phases", "40", .. settings]);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("nothing to compare", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truth")]
    [InlineData("run")]
    public async Task What_is_too_large_ends_with_2_says_so_and_writes_nothing(string command)
    {
        using var folder = new TemporaryFolder();
        string[] large = ["digits", "--set", "populations.hidden.size=2500", "--set", "granularity=layer"];
        string[] every = command == "run" ? ["--set", "run.truthEvery=100"] : [];
        Ended ended = await NudgeProcess.RunAsync(folder.Path, [command, .. large, .. every]);
        Assert.True(ended.Code == 2, $"exit code {ended.Code}: {ended.Error}");
        Assert.Contains("2000", ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
