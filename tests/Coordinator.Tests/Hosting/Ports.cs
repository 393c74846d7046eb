using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>Looks whether nodes still listen: a process that is gone does not.</summary>
internal static partial class Ports
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The ports of the nodes in a placement.</summary>
    internal static int[] Of(string placement) =>
        [.. Node().Matches(placement).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>A port that no process listens on at the moment.</summary>
    internal static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until no process listens on any of them.</summary>
    internal static async Task UntilClosedAsync(IEnumerable<int> ports)
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        foreach (int port in ports)
        {
            while (await IsOpenAsync(port))
                await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"node \d+ 127\.0\.0\.1:(\d+):")]
    private static partial Regex Node();
}
