using System.Globalization;
using System.Text.RegularExpressions;

namespace Nudge.Sweeps;

/// <summary>Ranges of numbers: <c>from..to:count</c>, or <c>log:from..to:count</c> with equal ratios.</summary>
internal static partial class ValueRange
{
    internal const string Expected = "from..to:count or log:from..to:count, such as 0..0.5:6 or log:0.01..1:5";
    private const int MostValues = 100_000;
    // Twelve digits hide what sums of binary fractions leave, and keep any value that people would write.
    private const int Digits = 12;

    /// <summary>Whether a text is meant as a range; others with two dots are paths of files.</summary>
    internal static bool IsMeant(string text) => Meant().IsMatch(text);

    /// <summary>The values of a range, both ends among them.</summary>
    /// <exception cref="FormatException">It is none, with a message for the user.</exception>
    internal static IReadOnlyList<string> Expand(string text)
    {
        Match match = Whole().Match(text);
        if (!match.Success
            || !TryRead(match.Groups["from"].Value, out double from)
            || !TryRead(match.Groups["to"].Value, out double to)
            || !int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw new FormatException($"{text} is not a range; expected {Expected}");
        }

        bool logarithmic = match.Groups["log"].Success;
        if (count is < 2 or > MostValues)
            throw new FormatException($"{text} asks for {count} values; expected 2 to {MostValues}");
        if (logarithmic && (from <= 0 || to <= 0))
            throw new FormatException($"{text} is logarithmic; expected both ends greater than 0");
        return [.. Enumerable.Range(0, count).Select(i => Write(At(from, to, i, count, logarithmic)))];
    }

    private static double At(double from, double to, int i, int count, bool logarithmic)
    {
        if (i == 0 || i == count - 1)
            return i == 0 ? from : to;
        double part = (double)i / (count - 1);
        return logarithmic ? from * Math.Pow(to / from, part) : from + ((to - from) * part);
    }

    private static string Write(double value)
    {
        string short12 = value.ToString($"G{Digits}", CultureInfo.InvariantCulture);
        double rounded = double.Parse(short12, CultureInfo.InvariantCulture);
        // Settings that are whole numbers refuse an exponent.
        return Math.Abs(rounded) < 1e15 && rounded == Math.Truncate(rounded)
            ? rounded.ToString("0", CultureInfo.InvariantCulture)
            : rounded.ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"^(log:|[+-]?\.?\d[^,]*\.\.)")]
    private static partial Regex Meant();

    [GeneratedRegex(@"^(?<log>log:)?(?<from>\S+?)\.\.(?<to>[^:\s]+):(?<count>\d+)$")]
    private static partial Regex Whole();
}
