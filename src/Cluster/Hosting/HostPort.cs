using System.Globalization;

namespace Nudge.Hosting;

/// <summary>Where a node listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port; 0 for any that is free.</param>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>.</summary>
    public static bool TryParse(string text, out HostPort? place)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        place = colon > 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && port > 0
            ? new(text[..colon], port)
            : null;
        return place is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
