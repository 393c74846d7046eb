using System.Net;
using System.Net.Sockets;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>A port that no process listens on at the moment.</summary>
internal static class FreePort
{
    internal static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
