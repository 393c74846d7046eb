using System.Text;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The part of a shell's grammar that the pages use: comments, quotes, continued lines, redirection.</summary>
internal static class ShellText
{
    /// <summary>The commands of a block as words. A comment or a redirection ends a command.</summary>
    internal static IEnumerable<string[]> Commands(string block) => block
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n')
        .Select(Words)
        .Where(words => words.Length > 0);

    /// <summary>The words of one line.</summary>
    internal static string[] Words(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char letter in line)
        {
            if (quote != '\0' && letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '"' or '\'')
            {
                quote = letter;
                word ??= new();
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                Add(words, word);
                word = null;
            }
            else if (quote == '\0' && word is null && letter is '#' or '>' or '|')
            {
                return [.. words];
            }
            else
            {
                (word ??= new()).Append(letter);
            }
        }

        Add(words, word);
        return [.. words];
    }

    private static void Add(List<string> words, StringBuilder? word)
    {
        if (word is not null)
            words.Add(word.ToString());
    }
}
