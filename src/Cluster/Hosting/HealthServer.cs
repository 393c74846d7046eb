using System.Net;
using System.Text.Json;
using Akka.Actor;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <summary>
/// Reports over HTTP how a node is: /healthz that the process runs, /readyz whether it is up in the cluster, /status
/// what it sees and hosts. It reads only, and reports nothing that could be a secret.
/// </summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<bool> _ready;
    private readonly Func<Task<HealthReport>> _report;
    private readonly Task _serving;

    private HealthServer(string address, int port, Func<bool> ready, Func<Task<HealthReport>> report)
    {
        _ready = ready;
        _report = report;
        foreach (string host in HostsOf(address))
            _listener.Prefixes.Add($"http://{host}:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <exception cref="NodeException">The port cannot be bound.</exception>
    internal static HealthServer Start(string address, int port, Func<bool> ready, Func<Task<HealthReport>> report)
    {
        try
        {
            return new(address, port, ready, report);
        }
        catch (HttpListenerException error)
        {
            throw new NodeException($"--health: cannot listen on {address}:{port}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    // The listener compares the name that a client asks for, so this machine has two.
    private static string[] HostsOf(string address) => IPAddress.TryParse(address, out IPAddress? literal)
        ? literal.Equals(IPAddress.Any) || literal.Equals(IPAddress.IPv6Any) ? ["*"]
        : IPAddress.IsLoopback(literal) ? ["127.0.0.1", "localhost"]
        : [literal.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{literal}]" : $"{literal}"]
        : [address];

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed while it waited, or one client's connection failed.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            (int code, string type, byte[] body) = await ReplyAsync(context.Request.HttpMethod, context.Request.Url?.AbsolutePath);
            context.Response.StatusCode = code;
            context.Response.ContentType = type;
            context.Response.Headers["Cache-Control"] = "no-store";
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away.
        }
    }

    private async Task<(int Code, string Type, byte[] Body)> ReplyAsync(string method, string? path)
    {
        if (method != "GET")
            return Text(405, "only GET");
        switch (path)
        {
            case "/healthz":
                return Text(200, "alive");
            case "/readyz":
                return _ready() ? Text(200, "ready") : Text(503, "not up in the cluster");
            case "/status":
                return await StatusAsync();
            default:
                return Text(404, "/healthz, /readyz or /status");
        }
    }

    private async Task<(int Code, string Type, byte[] Body)> StatusAsync()
    {
        try
        {
            return (200, "application/json", JsonSerializer.SerializeToUtf8Bytes(await _report(), JsonSerializerOptions.Web));
        }
        catch (AskTimeoutException)
        {
            return Text(503, "the node does not answer");
        }
    }

    private static (int Code, string Type, byte[] Body) Text(int code, string text) =>
        (code, "text/plain", System.Text.Encoding.ASCII.GetBytes(text + "\n"));
}

/// <summary>How a node is and what it sees.</summary>
/// <param name="Self">Where it listens.</param>
/// <param name="Ready">Whether it is up in the cluster.</param>
/// <param name="HostedSlices">Slices that it hosts, of all runs.</param>
/// <param name="Members">The members of the cluster as it sees them.</param>
internal sealed record HealthReport(string Self, bool Ready, int HostedSlices, IReadOnlyList<MemberView> Members);
