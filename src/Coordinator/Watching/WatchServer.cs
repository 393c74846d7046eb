using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports;

namespace Nudge.Watching;

/// <summary>
/// Serves the page of a run or of a sweep on this machine's loopback address. The address holds a random token, without which nothing is told and
/// nothing is done; requests that another site makes a browser send are refused.
/// </summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private const int MostBodyBytes = 64 * 1024;
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly WebApplication _server;
    private readonly IPageCommands? _commands;
    private readonly IFrameFeed _feed;
    private readonly byte[] _token;
    private readonly int _port;

    private WatchServer(IFrameFeed feed, IPageCommands? commands, int port)
    {
        _feed = feed;
        _commands = commands;
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _token = Encoding.ASCII.GetBytes(Token);
        // Nothing but what is named here: no settings from files or variables, no log, no signal handlers.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        _server = builder.Build();
        _server.Use(GuardAsync);
        _server.Run(AnswerAsync);
        _server.StartAsync().GetAwaiter().GetResult();
        _port = new Uri(_server.Urls.First()).Port;
    }

    /// <summary>The address of the page.</summary>
    internal string Address => $"http://127.0.0.1:{_port}/?token={Token}";

    /// <summary>The token of the address.</summary>
    internal string Token { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="feed">What the page shows; it ends with the server.</param>
    /// <param name="commands">What a page may ask for; null where it can only look.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="OutputException">The port cannot be used.</exception>
    internal static WatchServer Start(IFrameFeed feed, IPageCommands? commands, int port)
    {
        try
        {
            return new(feed, commands, port);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new OutputException($"--watch-port {port}: {error.GetBaseException().Message}", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        using var limit = new CancellationTokenSource(StopWithin);
        await _server.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
    }

    private Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // A name that another site has made to point here is refused, and so is what another site's page sends.
        string host = context.Request.Host.Value ?? "";
        if (host != $"127.0.0.1:{_port}" && host != $"localhost:{_port}")
            return TextAsync(context, 403, "this page is served to this machine alone");
        string? origin = context.Request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin) && origin != $"http://{host}")
            return TextAsync(context, 403, "another site cannot command this program");
        bool isPublic = IsAsset(context.Request.Path.Value!);
        if (!isPublic && !HasToken(context.Request.Query["token"]))
            return TextAsync(context, 403, "the token of the address is missing or wrong; the program has printed the address");
        return next(context);
    }

    private bool HasToken(string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), _token);

    private static bool IsAsset(string path) => path != "/" && !path.StartsWith("/api/", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (IsAsset(path) || path == "/")
        {
            await AssetAsync(context, path == "/" ? _feed.Page : path[1..]);
            return;
        }

        try
        {
            if (HttpMethods.IsGet(context.Request.Method))
                await TellAsync(context, path);
            else if (HttpMethods.IsPost(context.Request.Method))
                await DoAsync(context, path);
            else
                await TextAsync(context, 405, "only GET and POST");
        }
        catch (ExperimentException error)
        {
            string message = string.Join("; ", error.Problems.Select(one => $"{one.Path}: {one.Message}"));
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = message });
            await WriteAsync(context, PageAnswer.Json(body) with { Code = 400 });
        }
    }

    private async Task TellAsync(HttpContext context, string path)
    {
        switch (path)
        {
            case "/api/description":
                await WriteAsync(context, PageAnswer.Json(_feed.Description));
                break;
            case "/api/frames":
                await FramesAsync(context);
                break;
            default:
                PageAnswer? answer = _commands is null
                    ? null
                    : await _commands.TellAsync(path["/api/".Length..], name => context.Request.Query[name]);
                await WriteAsync(context, answer ?? PageAnswer.Text(404, "there is nothing here"));
                break;
        }
    }

    private async Task DoAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        bool known = _commands is not null && _commands.Do(path["/api/".Length..], await reader.ReadToEndAsync(context.RequestAborted));
        await WriteAsync(context, known ? PageAnswer.Json("{}"u8.ToArray()) : PageAnswer.Text(404, "there is no such command"));
    }

    private async Task FramesAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        int version = 0;
        try
        {
            await _feed.FeedAsync(
                async frame =>
                {
                    if (version != _feed.Version)
                    {
                        version = _feed.Version;
                        await context.Response.Body.WriteAsync("event: description\ndata: {}\n\n"u8.ToArray(), context.RequestAborted);
                    }

                    await context.Response.Body.WriteAsync("event: frame\ndata: "u8.ToArray(), context.RequestAborted);
                    await context.Response.Body.WriteAsync(frame, context.RequestAborted);
                    await context.Response.Body.WriteAsync("\n\n"u8.ToArray(), context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                },
                context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The page is gone.
        }
    }

    private static async Task AssetAsync(HttpContext context, string name)
    {
        await using Stream? stream = PageAssets.Open(name);
        if (stream is null || !Types.TryGetValue(Path.GetExtension(name), out string? type))
        {
            await TextAsync(context, 404, "there is nothing here");
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task TextAsync(HttpContext context, int code, string text) => WriteAsync(context, PageAnswer.Text(code, text));

    private static async Task WriteAsync(HttpContext context, PageAnswer answer)
    {
        context.Response.StatusCode = answer.Code;
        context.Response.ContentType = answer.Type;
        context.Response.ContentLength = answer.Body.Length;
        if (answer.File is { } file)
            context.Response.Headers.ContentDisposition = $"attachment; filename={file}";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>The program decides itself when it ends.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
