using System.Globalization;
using System.Net;

namespace Nudge.Coordinator.Tests.Stimuli;

/// <summary>Serves one file on a free port of the loopback.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[]? _content;
    private readonly Task _serving;

    /// <summary>Serves one content under every name; null is missing.</summary>
    public LocalServer(byte[]? content)
    {
        _content = content;
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public bool KnowsRanges { get; init; } = true;

    /// <summary>After how many bytes it breaks each transfer off; null for never.</summary>
    public int? BreaksAfter { get; init; }

    public int Requests { get; private set; }

    public long BytesSent { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests++;
            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerResponse response = context.Response;
        if (_content is not { } content)
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }

        string? range = KnowsRanges ? context.Request.Headers["Range"] : null;
        int from = range is null ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (range is not null)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        response.ContentLength64 = content.Length - from;
        int sent = Math.Min(content.Length - from, BreaksAfter ?? int.MaxValue);
        BytesSent += sent;
        await response.OutputStream.WriteAsync(content.AsMemory(from, sent));
        if (sent < content.Length - from)
        {
            await response.OutputStream.FlushAsync();
            response.Abort();
        }
        else
        {
            response.Close();
        }
    }
}
