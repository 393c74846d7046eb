using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Commands;

/// <summary><c>nudge baseline</c> as a user meets it.</summary>
public sealed class BaselineCommandTests
{
    [Fact]
    public async Task It_prints_a_run_for_every_rate_and_seed_and_learns()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(
            folder.Path, "baseline", "digits", "--set", "run.presentations=2000", "--rates", "0.03,1e-6", "--seeds", "2", "--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(2000, ended.Json.GetProperty("presentations").GetInt64());
        (double Rate, int Seed, double Accuracy)[] runs =
        [
            .. ended.Json.GetProperty("runs").EnumerateArray().Select(run => (
                run.GetProperty("rate").GetDouble(), run.GetProperty("seed").GetInt32(), run.GetProperty("accuracy").GetDouble())),
        ];
        Assert.Equal([(0.03, 1), (0.03, 2), (1e-6, 1), (1e-6, 2)], runs.Select(run => (run.Rate, run.Seed)));
        Assert.All(runs, run => Assert.Equal(run.Rate == 0.03, run.Accuracy > 0.6));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_network_that_cannot_answer_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, "baseline", "rbm-bas");

        Assert.Equal(2, ended.Code);
        Assert.Contains("projections: the network has no output population", ended.Error, StringComparison.Ordinal);
    }
}
