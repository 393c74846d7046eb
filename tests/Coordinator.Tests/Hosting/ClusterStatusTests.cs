using System.Globalization;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class ClusterStatusTests
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_cluster_shows_its_members_and_which_of_them_hosts_which_slice()
    {
        using var folder = new TemporaryFolder();
        using var first = NodeProcess.Start();
        string seed = await first.UpAsync();
        using var second = NodeProcess.Start("--seed", seed);
        string[] places = [.. new[] { seed, await second.UpAsync() }.Order(StringComparer.Ordinal)];
        using var run = NudgeProcess.Start(
            folder.Path, "run", "xor", "--engine", "cluster", "--join", seed, "--nodes", "2", "--out", "r", "--json",
            "--placement", "bits=0,hidden=1,class=0", "--set", "lanes=64", "--set", "run.presentations=6400000",
            "--set", "run.evaluateEvery=64", "--set", "run.evaluateExamples=4", "--set", "links.activity.loss.rate=0.1");
        await run.UntilFileAsync(Path.Combine(folder.Path, "r"), RunFiles.Metrics);

        JsonElement status = await UntilCountedAsync(seed);
        JsonElement[] members = [.. status.GetProperty("members").EnumerateArray()];
        Assert.Equal(3, members.Length);
        Assert.All(members, member => Assert.Equal("Up", member.GetProperty("status").GetString()));
        Assert.All(members, member => Assert.True(member.GetProperty("reachable").GetBoolean()));
        Assert.Equal(
            places,
            members.Where(member => member.GetProperty("roles")[0].GetString() == "worker")
                .Select(member => member.GetProperty("place").GetString()));
        Assert.Empty(status.GetProperty("silent").EnumerateArray());
        Assert.Equal(
            [("bits", places[0]), ("hidden", places[1]), ("class", places[0])],
            Slices(status).Select(slice => (slice.GetProperty("name").GetString(), slice.GetProperty("node").GetString())));
        JsonElement hidden = Slices(status)[1];
        long lost = hidden.GetProperty("lost").GetInt64();
        long reached = hidden.GetProperty("delivered").GetInt64() + lost;
        Assert.InRange(lost, 1, reached / 2);
        // On one machine nothing is lost; what a busy sender conflated never came either.
        Assert.InRange(hidden.GetProperty("missing").GetInt64(), 0, reached / 10);

        Ended words = await NudgeProcess.RunAsync(folder.Path, "cluster", "status", places[1]);
        Assert.Equal(0, words.Code);
        string row = Assert.Single(words.Output.Split('\n'), line => line.Trim().StartsWith("hidden", StringComparison.Ordinal));
        Assert.Contains(places[1], row, StringComparison.Ordinal);
        run.Signal("INT");
        Assert.Equal(130, (await run.EndAsync()).Code);

        async Task<JsonElement> UntilCountedAsync(string node)
        {
            using var limit = new CancellationTokenSource(AnswerTimeout);
            while (true)
            {
                Ended asked = await NudgeProcess.RunAsync(folder.Path, "cluster", "status", node, "--json");
                Assert.True(asked.Code == 0, $"{asked.Error}\n{first.Log}\n{second.Log}");
                if (Slices(asked.Json) is { Length: 3 } slices
                    && Array.TrueForAll(slices, slice => slice.GetProperty("sent").GetInt64() > 0))
                    return asked.Json;
                Assert.False(limit.IsCancellationRequested, asked.Output);
            }
        }
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        string nowhere = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Ports.Free()}");
        Ended asked = await NudgeProcess.RunAsync(folder.Path, "cluster", "status", nowhere);
        Assert.Equal(1, asked.Code);
        Assert.StartsWith($"nudge: no node answers at {nowhere}", asked.Error, StringComparison.Ordinal);
        Assert.Empty(asked.Output);
    }

    [Theory]
    [InlineData("expected HOST:PORT in place of nowhere", "nowhere")]
    [InlineData("--tls-authority: missing", "127.0.0.1:4053", "--tls-certificate", "x.pfx")]
    public async Task What_cannot_be_asked_as_said_is_refused(string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Ended asked = await NudgeProcess.RunAsync(folder.Path, ["cluster", "status", .. arguments]);
        Assert.Equal(2, asked.Code);
        Assert.Contains(reason, asked.Error, StringComparison.Ordinal);
    }

    private static JsonElement[] Slices(JsonElement status) =>
        [.. status.GetProperty("runs").EnumerateArray().SelectMany(run => run.GetProperty("slices").EnumerateArray())];
}
