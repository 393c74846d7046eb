using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Nudge.Hosting;
using Nudge.Telemetry;
using Nudge.Transport;
using OpenTelemetry.Metrics;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>What monitoring learns about a node over HTTP, whatever name it asks by.</summary>
public sealed class HealthServerTests : IDisposable
{
    private const string Service = "a-service";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = new() { Timeout = Within };
    private readonly int _port = FreePort.Find();

    private readonly Meter _meter = new(nameof(HealthServerTests));
    private readonly MeterProvider _metrics;

    public HealthServerTests() => _metrics = MetricExport.Start(_meter, "a node", scraped: true)!;

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
        _client.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("node-1.example.org")]
    [InlineData("node-1.example.org:8053")]
    [InlineData("[2001:db8::1]:8053")]
    public async Task It_answers_under_every_name_and_does_not_name_its_program(string name)
    {
        await using Node node = Start("127.0.0.1");
        using HttpResponseMessage reply = await GetAsync("127.0.0.1", "healthz", name);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("alive\n", await reply.Content.ReadAsStringAsync());
        Assert.Empty(reply.Headers.Server);
        Assert.True(reply.Headers.CacheControl?.NoStore);
    }

    [SkippableTheory]
    [InlineData("::1", "[::1]")]
    [InlineData("::", "[::1]")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    public async Task It_listens_on_the_address_that_the_node_is_bound_to(string bound, string asked)
    {
        Skip.IfNot(Socket.OSSupportsIPv6 || !bound.Contains(':', StringComparison.Ordinal), "this machine has no IPv6");
        await using HealthServer server = HealthServer.Start(bound, _port, Healthy, _metrics);
        using HttpResponseMessage reply = await GetAsync(asked, "readyz");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory]
    [InlineData("GET", "else", 404)]
    [InlineData("GET", "healthz/more", 404)]
    [InlineData("POST", "healthz", 405)]
    [InlineData("HEAD", "healthz", 405)]
    [InlineData("DELETE", "metrics", 405)]
    public async Task Nothing_but_its_pages_can_be_asked_for(string method, string path, int code)
    {
        await using HealthServer server = HealthServer.Start("127.0.0.1", _port, Healthy, _metrics);
        using var request = new HttpRequestMessage(new(method), new Uri($"http://127.0.0.1:{_port}/{path}"));
        using HttpResponseMessage reply = await _client.SendAsync(request);
        Assert.Equal(code, (int)reply.StatusCode);
    }

    [Theory]
    [InlineData(NodeActor.Name)]
    [InlineData(DataPath.ActorName)]
    [InlineData(Service)]
    public async Task A_node_with_a_dead_actor_is_not_healthy_and_says_which(string actor)
    {
        await using Node node = Start("127.0.0.1");
        node.StartService(_ => Props.Create(() => new Idle()), Service);
        Assert.Equal((HttpStatusCode.OK, "alive\n"), await HealthAsync());
        IActorRef dead = await node.System.ActorSelection($"/user/{actor}").ResolveOne(Within);
        Assert.True(await dead.GracefulStop(Within));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, $"the actor {actor} has ended\n"), await HealthAsync());
        // In order it would ask the dead one to give up its slices, and wait.
        await node.System.Terminate();
    }

    [Theory]
    [InlineData(NodeActor.Name, 503, $"the actor {NodeActor.Name} does not answer within 2 s\n")]
    [InlineData(DataPath.ActorName, 503, $"the actor {DataPath.ActorName} does not answer within 2 s\n")]
    [InlineData(Service, 200, "alive\n")]
    public async Task A_node_with_a_stuck_actor_is_not_healthy_unless_that_one_may_be_busy(string actor, int code, string answer)
    {
        await using Node node = Start("127.0.0.1");
        node.StartService(_ => Props.Create(() => new Idle()), Service);
        var stuck = (IInternalActorRef)await node.System.ActorSelection($"/user/{actor}").ResolveOne(Within);
        stuck.Suspend();
        Assert.Equal(((HttpStatusCode)code, answer), await HealthAsync());
        stuck.Resume(null);
        Assert.Equal((HttpStatusCode.OK, "alive\n"), await HealthAsync());
    }

    [Fact]
    public async Task A_node_whose_actor_system_has_ended_is_not_healthy()
    {
        await using Node node = Start("127.0.0.1");
        await node.System.Terminate();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await HealthAsync()).Code);
        using HttpResponseMessage ready = await GetAsync("127.0.0.1", "readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using HttpResponseMessage metrics = await GetAsync("127.0.0.1", "metrics");
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_named_with_the_reason()
    {
        using var taken = new TcpListener(IPAddress.Loopback, _port);
        taken.Start();
        NodeException error = Assert.Throws<NodeException>(() => Start("127.0.0.1"));
        Assert.Equal($"--health: cannot listen on 127.0.0.1:{_port}: Address already in use", error.Message);
    }

    private static HealthQuestions Healthy { get; } = new(
        () => true, () => Task.FromResult<string?>(null), () => Task.FromResult(new HealthReport("", true, 0, [])));

    private Node Start(string host) => Node.Start(
        new() { Host = host, HealthPort = _port }, (_, _) => throw new InvalidOperationException("nothing is hosted here"));

    private async Task<(HttpStatusCode Code, string Text)> HealthAsync()
    {
        using HttpResponseMessage reply = await GetAsync("127.0.0.1", "healthz");
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> GetAsync(string host, string path, string? name = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{host}:{_port}/{path}"));
        request.Headers.Host = name;
        return await _client.SendAsync(request);
    }

    private sealed class Idle : ReceiveActor;
}
