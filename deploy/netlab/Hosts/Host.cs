using System.Globalization;

namespace Nudge.Netlab.Hosts;

/// <summary>One host of a lab.</summary>
/// <param name="Lab">The name of the lab.</param>
/// <param name="Number">From 1.</param>
internal sealed record Host(string Lab, int Number)
{
    /// <summary>The last byte of the address distinguishes hosts.</summary>
    internal const int Most = 200;

    internal const int PrefixBits = 24;

    internal string Namespace => string.Create(CultureInfo.InvariantCulture, $"{Lab}-{Number}");

    internal string Address => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{Number}");

    internal static IReadOnlyList<Host> Several(string lab, int count) =>
        [.. Enumerable.Range(1, count).Select(number => new Host(lab, number))];
}
