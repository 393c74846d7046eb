using System.Globalization;

namespace Nudge.Reports;

/// <summary>Text from files and users as a terminal may show it: what would control the terminal is spelt out.</summary>
internal static class VisibleText
{
    /// <summary>The text with <c>\u001b</c> in place of an escape character, and so on; line ends and tabs stay.</summary>
    internal static string Of(string text) =>
        text.Any(IsHidden) ? string.Concat(text.Select(letter => IsHidden(letter) ? Spelt(letter) : $"{letter}")) : text;

    // Formatting characters are invisible, or reverse the direction of writing.
    private static bool IsHidden(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control => letter is not ('\n' or '\t'),
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => false,
    };

    private static string Spelt(char letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
}
