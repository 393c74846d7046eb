using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nudge.Hosting;

/// <summary>Where a node listens.</summary>
/// <param name="Host">Name or address; an address of IPv6 in brackets, as wherever a port may follow.</param>
/// <param name="Port">TCP port; 0 for any that is free.</param>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>; an address of IPv6 has brackets, or its end would be taken for the port.</summary>
    public static bool TryParse(string text, out HostPort? place)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        place = colon > 0 && IsHost(text[..colon])
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && port > 0
            ? new(NameOf(text[..colon]), port)
            : null;
        return place is not null;
    }

    /// <summary>A name or address as it stands before a port, with brackets where it is of IPv6.</summary>
    public static string NameOf(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[{address}]"
            : host;
    }

    /// <summary>A name or address without brackets.</summary>
    public static string WithoutBrackets(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
    }

    private static bool IsHost(string text) =>
        !text.AsSpan().ContainsAny("[]:") || (text.StartsWith('[') && IPAddress.TryParse(text, out _));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
