using System.Globalization;

namespace Nudge.Netlab.Forwarding;

/// <summary>One direction between two hosts.</summary>
internal readonly record struct LinkName(int From, int To)
{
    /// <summary>Reads <c>1</c> (a host's), <c>1-2</c> (both ways) or <c>1&gt;2</c>; null if it is none.</summary>
    internal static IReadOnlyList<LinkName>? Parse(string text, int hosts)
    {
        string[] ends = text.Split('-', '>');
        int[] numbers = [.. ends.Select(end => Number(end, hosts)).OfType<int>()];
        if (numbers.Length != ends.Length)
            return null;
        return numbers switch
        {
            [var host] => [.. Others(host, hosts).SelectMany(other => BothWays(host, other))],
            [var from, var to] when from != to => text.Contains('>') ? [new(from, to)] : BothWays(from, to),
            _ => null,
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}>{To}");

    private static LinkName[] BothWays(int one, int other) => [new(one, other), new(other, one)];

    private static IEnumerable<int> Others(int host, int hosts) =>
        Enumerable.Range(1, hosts).Where(other => other != host);

    private static int? Number(string text, int hosts)
    {
        bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return read && number >= 1 && number <= hosts ? number : null;
    }
}
