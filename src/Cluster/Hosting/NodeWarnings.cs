using System.Net;
using System.Net.Sockets;
using Nudge.Security;

namespace Nudge.Hosting;

/// <summary>What is allowed and probably not meant about a node.</summary>
public static class NodeWarnings
{
    /// <summary>Sentences for people.</summary>
    public static IEnumerable<string> Of(NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Tls is null && !IsThisMachineOnly(settings.BoundTo))
        {
            yield return $"{settings.BoundTo} is reached from other machines, and without --tls-certificate "
                + "any process that reaches the port can take part: join, start runs, read and change what is learned";
        }

        string? key = settings.Tls is null ? null : CertificateFiles.KeyFileOf(settings.Tls.Certificate);
        if (key is not null && CertificateFiles.IsOpenToOthers(key))
            yield return $"{key} holds a private key and others than its owner may read it; chmod 600 {key}";
    }

    private static bool IsThisMachineOnly(string address)
    {
        if (IPAddress.TryParse(address, out IPAddress? literal))
            return IPAddress.IsLoopback(literal);
        try
        {
            return Dns.GetHostAddresses(address).All(IPAddress.IsLoopback);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
