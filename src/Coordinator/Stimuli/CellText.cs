using System.Globalization;

namespace Nudge.Stimuli;

/// <summary>Numbers as tables write them, in every country with a point.</summary>
internal static class CellText
{
    private const int Longest = 40;

    /// <summary>The number that a text is; null where it is none.</summary>
    internal static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A cell as an error shows it.</summary>
    internal static string Shown(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return "an empty cell";
        string line = text.ToString().ReplaceLineEndings(" ");
        return $"\"{(line.Length <= Longest ? line : $"{line[..Longest]}…")}\"";
    }
}
