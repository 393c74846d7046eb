namespace Nudge.Sweeps;

/// <summary>Takes a list of values apart: commas part values, but not within braces, brackets or quotes.</summary>
internal static class ValueList
{
    /// <summary>The values of a list, its ranges expanded.</summary>
    /// <exception cref="FormatException">It is none, with a message for the user.</exception>
    internal static IReadOnlyList<string> Parse(string text)
    {
        if (text.Trim().Length == 0)
            throw new FormatException($"no values; expected a list such as 0,0.1,0.2, or {ValueRange.Expected}");
        var values = new List<string>();
        foreach (string part in Split(text))
        {
            if (part.Length == 0)
                throw new FormatException("a value is missing between commas; expected a list such as 0,0.1,0.2");
            if (ValueRange.IsMeant(part))
                values.AddRange(ValueRange.Expand(part));
            else
                values.Add(part);
        }

        string? twice = values.GroupBy(Same).FirstOrDefault(group => group.Count() > 1)?.First();
        return twice is null ? values : throw new FormatException($"{twice} stands there twice; expected each value once");
    }

    private static string Same(string value) => Variation.NumberOf(value) is double number ? $"{number:R}" : value;

    private static IEnumerable<string> Split(string text)
    {
        int depth = 0;
        char quote = '\0';
        int begin = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (quote != '\0')
                quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'')
                quote = letter;
            else if (letter is '{' or '[')
                depth++;
            else if (letter is '}' or ']')
                depth--;
            else if (letter == ',' && depth == 0)
            {
                yield return text[begin..i].Trim();
                begin = i + 1;
            }
        }

        if (depth != 0 || quote != '\0')
            throw new FormatException("a brace, bracket or quote is left open");
        yield return text[begin..].Trim();
    }
}
