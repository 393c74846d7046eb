using System.Text.Json;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>The program as a user meets it, in processes of its own.</summary>
public sealed class RunTests
{
    private static readonly string[] Short =
        ["run", "digits", "--quiet", "--json", "--set", "run.presentations=600", "--set", "data.train=500", "--set", "data.test=100"];

    [Theory]
    [InlineData("virtual")]
    [InlineData("actors")]
    public async Task Json_holds_the_results_and_the_directory_the_files(string engine)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(folder.Path, [.. Short, "--engine", engine, NudgeProcess.Plots]);
        Assert.True(run.Code == 0, run.Error);
        JsonElement json = run.Json;
        Assert.InRange(json.GetProperty("accuracy").GetDouble(), 0.1, 1);
        Assert.Equal(1, json.GetProperty("seed").GetInt32());
        Assert.Equal(engine, json.GetProperty("engine").GetString());
        Assert.Equal(600, json.GetProperty("presentations").GetInt64());
        Assert.True(json.GetProperty("wallSeconds").GetDouble() > 0);
        Assert.Equal(engine == "virtual", json.GetProperty("eventHash").ValueKind == JsonValueKind.String);
        JsonElement ledger = json.GetProperty("ledger");
        long sent = ledger.GetProperty("sent").GetInt64();
        Assert.Equal(
            sent,
            ledger.GetProperty("delivered").GetInt64() + ledger.GetProperty("lost").GetInt64()
                + ledger.GetProperty("inFlight").GetInt64());
        Assert.Equal(0, ledger.GetProperty("unaccounted").GetInt64());
        string output = json.GetProperty("outputDirectory").GetString()!;
        Assert.Equal(folder.File(Path.Combine("runs", "digits-1")), output);
        foreach (string file in new[] { "run.json", "metrics.csv", "weights.npz", "experiment.yaml", "learning-curve.png", "learning-curve.svg", "ledger.png", "ledger.svg" })
            Assert.True(new FileInfo(Path.Combine(output, file)).Length > 100, file);
    }

    [Fact]
    public async Task Without_plots_it_draws_nothing_and_leaves_all_else()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, [.. Short, "--set", "run.presentations=60", "--no-plots", "--out", "r", NudgeProcess.Plots]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(
            ["experiment.yaml", "metrics.csv", "run.json", "weights.npz"],
            Directory.GetFiles(folder.File("r")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_vector_instructions_the_bits_are_the_same()
    {
        using var folder = new TemporaryFolder();
        string[] tiny = [.. Short, "--set", "run.presentations=60"];
        Ended plain = await NudgeProcess.RunAsync(folder.Path, tiny);
        Ended narrow = await NudgeProcess.RunWithAsync("DOTNET_EnableAVX2", "0", folder.Path, tiny);
        Ended none = await NudgeProcess.RunWithAsync("DOTNET_EnableHWIntrinsic", "0", folder.Path, tiny);
        Assert.Equal("none", none.Json.GetProperty("instructionSet").GetString());
        foreach (string name in new[] { "eventHash", "weightsHash" })
        {
            string? expected = plain.Json.GetProperty(name).GetString();
            Assert.Equal(expected, narrow.Json.GetProperty(name).GetString());
            Assert.Equal(expected, none.Json.GetProperty(name).GetString());
        }
    }

    [Fact]
    public async Task An_actor_run_that_is_interrupted_saves_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        string[] settings = ["--set", "run.presentations=4000", "--set", "data.train=500", "--set", "data.test=100", "--set", "run.checkpointEvery=500"];
        using (NudgeProcess stopped = NudgeProcess.Start(
            folder.Path, ["run", "digits", "--engine", "actors", "--quiet", .. settings, "--out", "stopped"]))
        {
            await stopped.UntilFileAsync(folder.File("stopped"), "checkpoint-*.bin");
            stopped.Signal("INT");
            Assert.Equal(130, (await stopped.EndAsync()).Code);
        }

        Ended resumed = await NudgeProcess.RunAsync(folder.Path, "run", "--resume", "stopped", "--quiet", "--json");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(4000, resumed.Json.GetProperty("presentations").GetInt64());
        Assert.Equal("actors", resumed.Json.GetProperty("engine").GetString());
    }

    [Fact]
    public async Task Numbers_that_overflow_end_the_run_and_keep_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path,
            [.. Short, "--set", "run.checkpointEvery=1", "--set", "model.beta=1e-40", "--set", "projections.image-hidden.rate=1e6", "--out", "r"]);
        Assert.Equal(1, run.Code);
        Assert.Contains("not finite at its step", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder.File("r"), "checkpoint-*.bin"));
        Assert.Empty(run.Output);
    }

    public static TheoryData<string[], string> BadCalls => new()
    {
        { ["run", "digits", "--set", "links.activity.loss.rate=1.5"], "links.activity.loss.rate" },
        { ["run", "nowhere.yaml"], "nowhere.yaml" },
        { ["run", "--frobnicate"], "frobnicate" },
        { ["run", "digits", "--engine", "quantum"], "quantum" },
        { ["run", "digits", "--out", "."], "exists already" },
        { ["run", "digits", "--out", "/proc/none/run"], "cannot be made" },
        { ["run", "mnist", "--data", "nowhere"], "nowhere" },
        { ["run", "--resume", "nowhere"], "nowhere" },
        { ["run", "--resume", "nowhere", "--seed", "3"], "--resume" },
        { ["validate", "digits", "--set", "lernen=1"], "unknown" },
        { ["run", "@xor"], "@xor: no such file" },
        { ["run", "xor", "--out", "--json"], "--out: found --json" },
        { ["run", "xor", "--out", ""], "--out: found nothing" },
        { ["run", "xor", "--seed", "-1"], "--seed: found -1; expected a whole number" },
        { ["validate", "xor", "--set", "seed=010"], "found 010, which begins with a zero" },
        { ["validate", "xor", "--set", "time.step=1e-300"], "time.step: 1e-300 is out of range; expected a number from 0.001 to 1" },
        { ["validate", "xor", "--set", "name=größe"], "expected letters from a to z" },
        { ["validate", "hundred-million", "--set", "data.classes=1"], "expected a whole number from 2" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task What_cannot_be_done_as_asked_ends_with_2_a_message_and_nothing_written(string[] call, string expected)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(folder.Path, call);
        Assert.True(run.Code == 2, $"exit code {run.Code}: {run.Error}");
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_second_run_gets_a_directory_of_its_own()
    {
        using var folder = new TemporaryFolder();
        string[] tiny = [.. Short, "--set", "run.presentations=10"];
        Ended[] runs = await Task.WhenAll(NudgeProcess.RunAsync(folder.Path, tiny), NudgeProcess.RunAsync(folder.Path, tiny));
        Assert.Equal(
            ["digits-1", "digits-2"],
            runs.Select(run => Path.GetFileName(run.Json.GetProperty("outputDirectory").GetString()!)).Order());
    }

    [SkippableFact]
    public async Task Mnist_is_learned_from_local_signals_in_a_few_thousand_presentations()
    {
        Skip.If(Environment.GetEnvironmentVariable("NUDGE_DATA") is null, "NUDGE_DATA names no folder of MNIST files.");
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, "run", "mnist", "--quiet", "--json", "--set", "run.presentations=6000", "--set", "data.test=2000");
        Assert.True(run.Code == 0, run.Error);
        Assert.True(run.Json.GetProperty("accuracy").GetDouble() > 0.85, run.Output);
    }
}
