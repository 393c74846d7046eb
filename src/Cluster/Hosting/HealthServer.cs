using System.Net;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nudge.Messages;
using OpenTelemetry.Metrics;

namespace Nudge.Hosting;

/// <summary>
/// Reports over HTTP how a node is: /healthz that it lives, /readyz whether it is up in the cluster, /status what it sees and
/// hosts, /metrics its counts for Prometheus. It reads only, and reports nothing that could be a secret.
/// </summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);
    private readonly HealthQuestions _node;
    private readonly WebApplication _server;

    private HealthServer(IReadOnlyList<IPAddress> addresses, int port, HealthQuestions node, MeterProvider metrics)
    {
        _node = node;
        // Nothing but what is named here: no settings from files or variables, no log, no signal handlers.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            foreach (IPAddress address in addresses)
                kestrel.Listen(address, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        _server = builder.Build();
        _server.Use(OnlyGetAsync);
        _server.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        _server.Run(AnswerAsync);
    }

    /// <exception cref="NodeException">The port cannot be bound.</exception>
    internal static HealthServer Start(string address, int port, HealthQuestions node, MeterProvider metrics)
    {
        try
        {
            IPAddress[] addresses = IPAddress.TryParse(address, out IPAddress? one) ? [one] : Dns.GetHostAddresses(address);
            var server = new HealthServer(addresses, port, node, metrics);
            server._server.StartAsync().GetAwaiter().GetResult();
            return server;
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new NodeException(
                $"--health: cannot listen on {address}:{port}: {error.GetBaseException().Message}", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopWithin);
        await _server.StopAsync(limit.Token);
        await _server.DisposeAsync();
    }

    private static Task OnlyGetAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsGet(context.Request.Method) ? next(context) : TextAsync(context, 405, "only GET");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/healthz":
                string? fault = await _node.FindFaultAsync();
                await (fault is null ? TextAsync(context, 200, "alive") : TextAsync(context, 503, fault));
                break;
            case "/readyz":
                await (_node.IsUp() ? TextAsync(context, 200, "ready") : TextAsync(context, 503, "not up in the cluster"));
                break;
            case "/status":
                await StatusAsync(context);
                break;
            default:
                await TextAsync(context, 404, "/healthz, /readyz, /status or /metrics");
                break;
        }
    }

    private async Task StatusAsync(HttpContext context)
    {
        HealthReport report;
        try
        {
            report = await _node.ReportAsync();
        }
        catch (AskTimeoutException)
        {
            await TextAsync(context, 503, "the node does not answer");
            return;
        }

        await WriteAsync(context, 200, "application/json", JsonSerializer.SerializeToUtf8Bytes(report, JsonSerializerOptions.Web));
    }

    private static Task TextAsync(HttpContext context, int code, string text) =>
        WriteAsync(context, code, "text/plain", Encoding.ASCII.GetBytes(text + "\n"));

    private static async Task WriteAsync(HttpContext context, int code, string type, byte[] body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    // The program itself handles signals and says when it ends.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What a health server asks its node.</summary>
/// <param name="IsUp">Whether it is up in the cluster.</param>
/// <param name="FindFaultAsync">What is wrong with it, or null.</param>
/// <param name="ReportAsync">How it is and what it sees.</param>
internal sealed record HealthQuestions(Func<bool> IsUp, Func<Task<string?>> FindFaultAsync, Func<Task<HealthReport>> ReportAsync);

/// <summary>How a node is and what it sees.</summary>
/// <param name="Self">Where it listens.</param>
/// <param name="Ready">Whether it is up in the cluster.</param>
/// <param name="HostedSlices">Slices that it hosts, of all runs.</param>
/// <param name="Members">The members of the cluster as it sees them.</param>
internal sealed record HealthReport(string Self, bool Ready, int HostedSlices, IReadOnlyList<MemberView> Members);
