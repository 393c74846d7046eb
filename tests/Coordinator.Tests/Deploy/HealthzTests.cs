using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>The health check of the image, against a server of our own.</summary>
public sealed class HealthzTests
{
    [SkippableTheory]
    [InlineData("HTTP/1.1 200 OK", 0)]
    [InlineData("HTTP/1.1 503 Service Unavailable", 1)]
    [InlineData("HTTP/1.1 404 Not Found", 1)]
    [InlineData("nonsense", 1)]
    public async Task It_passes_on_what_the_node_answers(string status, int code)
    {
        using TcpListener listener = Listen();
        Task<string> asked = AnswerAsync(listener, status);
        Assert.Equal(code, await AskAsync(listener));
        Assert.StartsWith("GET /healthz HTTP/1.1\r\nHost: ", await asked, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_fails_where_nobody_listens()
    {
        using TcpListener listener = Listen();
        listener.Stop();
        Assert.NotEqual(0, await AskAsync(listener));
    }

    private static TcpListener Listen()
    {
        Skip.IfNot(File.Exists("/bin/bash"), "the health check of the image is a bash script");
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string status)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        string head = await ReadHeadAsync(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{status}\r\nContent-Length: 0\r\n\r\n"));
        return head;
    }

    // The script writes line by line: a server that closes before it read them all resets the connection.
    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] buffer = new byte[1000];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int bytes = await stream.ReadAsync(buffer);
            if (bytes == 0)
                break;
            head.Append(Encoding.ASCII.GetString(buffer, 0, bytes));
        }
        return head.ToString();
    }

    private static async Task<int> AskAsync(TcpListener listener)
    {
        var start = new ProcessStartInfo(Checkout.Deploy("healthz")) { RedirectStandardError = true };
        start.Environment["NUDGE_NODE_HEALTH"] = $"{Port(listener)}";
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
