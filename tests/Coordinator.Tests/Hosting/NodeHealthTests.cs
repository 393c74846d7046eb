using System.Globalization;
using System.Net;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class NodeHealthTests : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_node_that_names_itself_as_seed_begins_a_cluster_and_says_that_it_is_ready()
    {
        int port = Ports.Free();
        int health = Ports.Free();
        using var node = NodeProcess.StartWith(
            new Dictionary<string, string> { ["NUDGE_NODE_SEED"] = $"localhost:{port},127.0.0.1:1" },
            "--port", Text(port), "--health", Text(health));
        string place = await node.UpAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(health, "healthz"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(health, "readyz"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(health, "else"));
        JsonElement status = await ReportAsync(health);
        Assert.Equal(place, status.GetProperty("self").GetString());
        Assert.Equal(0, status.GetProperty("hostedSlices").GetInt32());
        JsonElement member = Assert.Single(status.GetProperty("members").EnumerateArray());
        Assert.Equal(place, member.GetProperty("place").GetString());
        Assert.Equal("Up", member.GetProperty("status").GetString());
        Assert.Equal("worker", member.GetProperty("roles")[0].GetString());
        Assert.True(member.GetProperty("reachable").GetBoolean());
        using HttpResponseMessage posted = await _client.PostAsync(Address(health, "healthz"), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal(0, await node.EndAsync("TERM"));
    }

    [Fact]
    public async Task A_node_that_nobody_has_let_in_lives_and_is_not_ready()
    {
        int health = Ports.Free();
        using var node = NodeProcess.Start("--seed", $"127.0.0.1:{Ports.Free()}", "--health", Text(health));
        await UntilAsync(async () => await StatusOfAsync(health, "healthz") == HttpStatusCode.OK, node);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(health, "readyz"));
        Assert.Equal(0, await node.EndAsync("TERM"));
    }

    [Fact]
    public async Task A_node_that_the_others_removed_ends_with_3()
    {
        int health = Ports.Free();
        using var first = NodeProcess.Start("--health", Text(health));
        string seed = await first.UpAsync();
        using var second = NodeProcess.Start("--seed", seed);
        using var third = NodeProcess.Start("--seed", seed);
        await third.UpAsync();
        await second.UpAsync();
        await second.SignalAsync("STOP");
        await UntilAsync(async () => (await ReportAsync(health)).GetProperty("members").GetArrayLength() == 2, first);
        Assert.Equal(3, await second.EndAsync("CONT"));
        Assert.Contains("removed this one", second.Log, StringComparison.Ordinal);
        Assert.Equal(0, await third.EndAsync("TERM"));
        Assert.Equal(0, await first.EndAsync("TERM"));
    }

    [Fact]
    public async Task Coordinators_that_are_killed_together_take_no_node_with_them()
    {
        using var folder = new TemporaryFolder();
        int health = Ports.Free();
        using var first = NodeProcess.Start("--health", Text(health));
        string seed = await first.UpAsync();
        using var second = NodeProcess.Start("--seed", seed, "--verbose");
        await second.UpAsync();
        NudgeProcess[] runs = [.. Enumerable.Range(0, 3).Select(index => NudgeProcess.Start(
            folder.Path, "run", "xor", "--engine", "cluster", "--join", seed, "--nodes", "9", "--out", $"{index}"))];
        try
        {
            await UntilAsync(async () => await MembersAsync(health, "Up") == 5, first);
            foreach (NudgeProcess run in runs)
                run.Signal("KILL");
            await UntilAsync(async () => await MembersAsync(health, "Up") == 2, first);
        }
        finally
        {
            foreach (NudgeProcess run in runs)
                run.Dispose();
        }

        Assert.Equal(0, await second.EndAsync("TERM"));
        Assert.Equal(0, await first.EndAsync("TERM"));
        // What Akka writes of itself is for who asks for it.
        Assert.DoesNotContain("akka", first.Log, StringComparison.Ordinal);
        Assert.Contains("akka.tcp://", second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_whose_port_is_taken_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        using var first = NodeProcess.Start();
        string port = (await first.UpAsync()).Split(':')[1];
        Ended second = await NudgeProcess.RunAsync(folder.Path, "node", "--port", port);
        Assert.Equal(1, second.Code);
        Assert.Equal($"nudge: cannot listen on 127.0.0.1:{port}: Address already in use\n", second.Error);
        Ended third = await NudgeProcess.RunAsync(folder.Path, "node", "--health", port);
        Assert.Equal(1, third.Code);
        Assert.Contains("--health: cannot listen", third.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_writes_nothing_of_its_server_and_takes_no_settings_for_it_from_variables_or_files()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"Logging":{"LogLevel":{"Default":"Trace"}}}""");
        int health = Ports.Free();
        using var node = NodeProcess.StartWith(
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Ports.Free()}",
                ["ASPNETCORE_HTTP_PORTS"] = Text(Ports.Free()),
                ["DOTNET_CONTENTROOT"] = folder.Path,
            },
            "--health", Text(health));
        string place = await node.UpAsync();
        using HttpResponseMessage reply = await _client.GetAsync(new Uri($"http://localhost:{health}/healthz"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Empty(reply.Headers.Server);
        Assert.Contains("nudge_cluster_members", await _client.GetStringAsync(Address(health, "metrics")), StringComparison.Ordinal);
        Assert.Equal(0, await node.EndAsync("TERM"));
        Assert.Equal($"listening on {place}\nup: worker {place}\nleft", node.Log.TrimEnd());
    }

    [Fact]
    public async Task A_node_sends_its_metrics_to_the_collector_that_the_environment_names()
    {
        using var collector = new HttpListener();
        string address = $"http://127.0.0.1:{Ports.Free()}";
        collector.Prefixes.Add($"{address}/v1/metrics/");
        collector.Start();
        using var node = NodeProcess.StartWith(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_SERVICE_NAME"] = "a-name-of-mine",
        });
        string text;
        do
        {
            // What a busy node has not counted yet comes with a later one.
            HttpListenerContext sent = await collector.GetContextAsync().WaitAsync(_client.Timeout);
            using var body = new StreamReader(sent.Request.InputStream, System.Text.Encoding.Latin1);
            text = await body.ReadToEndAsync();
            sent.Response.Close();
        }
        while (!text.Contains("nudge.slices.hosted", StringComparison.Ordinal));

        Assert.Contains("a-name-of-mine", text, StringComparison.Ordinal);
        Assert.Contains(await node.UpAsync(), text, StringComparison.Ordinal);
        collector.Stop();
        Assert.Equal(0, await node.EndAsync("TERM"));
    }

    private async Task<int> MembersAsync(int health, string status) => (await ReportAsync(health)).GetProperty("members")
        .EnumerateArray().Count(member => member.GetProperty("status").GetString() == status);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static Uri Address(int port, string path) => new($"http://127.0.0.1:{port}/{path}");

    private static async Task UntilAsync(Func<Task<bool>> holds, NodeProcess node)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await HoldsAsync())
        {
            Assert.False(limit.IsCancellationRequested, node.Log);
            await Task.Delay(100);
        }

        async Task<bool> HoldsAsync()
        {
            try
            {
                return await holds();
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private async Task<HttpStatusCode> StatusOfAsync(int port, string path)
    {
        using HttpResponseMessage reply = await _client.GetAsync(Address(port, path));
        return reply.StatusCode;
    }

    private async Task<JsonElement> ReportAsync(int port) =>
        JsonDocument.Parse(await _client.GetStringAsync(Address(port, "status"))).RootElement;
}
