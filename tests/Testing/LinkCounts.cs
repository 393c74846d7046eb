using System.Globalization;

namespace Nudge.Testing;

/// <summary>What became of the packets of one direction between two hosts, such as <c>1&gt;2</c>.</summary>
public sealed record LinkCounts(
    string Link, long Seen, long Delivered, long Lost, long Cut, long Flying, double MeanMilliseconds)
{
    public static LinkCounts Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] words = line.Split(' ');
        return new(
            words[0], Count(words[2]), Count(words[4]), Count(words[6]), Count(words[8]), Count(words[10]),
            double.Parse(words[12], CultureInfo.InvariantCulture));
    }

    private static long Count(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
