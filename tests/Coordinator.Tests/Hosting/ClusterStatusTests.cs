using System.Globalization;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class ClusterStatusTests
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    // At full speed the run would take the cores from the commands that ask about it.
    private const string TauPerSecond = "200";

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
            "--set", "run.evaluateEvery=64", "--set", "run.evaluateExamples=4", "--set", "links.activity.loss.rate=0.1",
            "--speed", TauPerSecond);
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
                    && Array.TrueForAll(slices, slice => slice.GetProperty("sent").GetInt64() > 0)
                    && slices[1].GetProperty("lost").GetInt64() > 0)
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
    [InlineData("--interval: only with --watch", "127.0.0.1:4053", "--interval", "1")]
    [InlineData("--interval: found 0; expected 0.1 to 86400 seconds", "127.0.0.1:4053", "--watch", "--interval", "0")]
    [InlineData("--interval: found often; expected", "127.0.0.1:4053", "--watch", "--interval", "often")]
    public async Task What_cannot_be_asked_as_said_is_refused(string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Ended asked = await NudgeProcess.RunAsync(folder.Path, ["cluster", "status", .. arguments]);
        Assert.Equal(2, asked.Code);
        Assert.Contains(reason, asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_it_is_shown_again_until_Ctrl_C_even_where_the_node_is_away_for_a_while()
    {
        using var folder = new TemporaryFolder();
        string port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        using var node = NodeProcess.Start("--port", port);
        string place = await node.UpAsync();
        using var words = NudgeProcess.Start(folder.Path, "cluster", "status", place, "--watch", "--interval", "0.2");
        using var lines = NudgeProcess.Start(folder.Path, "cluster", "status", place, "--watch", "--interval", "0.2", "--json");
        await words.UntilAsync(() => Blocks(words.OutputSoFar) >= 3);
        await lines.UntilAsync(() => lines.OutputSoFar.Count(letter => letter == '\n') >= 3);
        Assert.Equal(0, await node.EndAsync("TERM"));
        await lines.UntilAsync(() => lines.ErrorSoFar.Contains("no node answers", StringComparison.Ordinal));
        int before = lines.OutputSoFar.Length;
        using var again = NodeProcess.Start("--port", port);
        await again.UpAsync();
        await lines.UntilAsync(() => lines.OutputSoFar.Length > before);
        words.Signal("INT");
        lines.Signal("INT");

        Ended shown = await words.EndAsync();
        Assert.Equal(0, shown.Code);
        Assert.DoesNotContain("\u001b", shown.Output, StringComparison.Ordinal);
        Ended told = await lines.EndAsync();
        Assert.Equal(0, told.Code);
        DateTime[] times =
        [
            .. told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            {
                JsonElement status = JsonDocument.Parse(line).RootElement;
                Assert.Equal(place, Assert.Single(status.GetProperty("members").EnumerateArray()).GetProperty("place").GetString());
                return status.GetProperty("time").GetDateTime();
            }),
        ];
        Assert.Equal(times.Order(), times);
        Assert.Equal(0, await again.EndAsync("TERM"));

        static int Blocks(string output) => output.Split("no run is hosted").Length - 1;
    }

    [SkippableFact]
    public async Task Watched_on_a_terminal_it_is_shown_in_place()
    {
        const string Terminal = "/usr/bin/script";
        const string ClearScreen = "\u001b[2J";
        Skip.IfNot(File.Exists(Terminal), "There is no script to make a terminal with.");
        using var folder = new TemporaryFolder();
        using var node = NodeProcess.Start();
        string place = await node.UpAsync();
        using var watch = NudgeProcess.StartOnTerminal(
            Terminal, folder.Path, "cluster", "status", place, "--watch", "--interval", "0.2");
        await watch.UntilAsync(() => watch.OutputSoFar.Split(ClearScreen).Length > 3);
        await watch.TypeAsync("\u0003");
        Ended shown = await watch.EndAsync();
        Assert.Equal(0, shown.Code);
        Assert.Contains(place, shown.Output.Split(ClearScreen)[^1], StringComparison.Ordinal);
        Assert.Equal(0, await node.EndAsync("TERM"));
    }

    private static JsonElement[] Slices(JsonElement status) =>
        [.. status.GetProperty("runs").EnumerateArray().SelectMany(run => run.GetProperty("slices").EnumerateArray())];
}
