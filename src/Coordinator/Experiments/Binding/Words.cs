using System.Text;

namespace Nudge.Experiments.Binding;

/// <summary>The spelling of names in a file: keys in camel case, words in kebab case.</summary>
internal static class Words
{
    /// <summary>PerStimulus as perStimulus.</summary>
    internal static string Key(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>FirstInFirstOut as first-in-first-out.</summary>
    internal static string Kebab(string name)
    {
        var word = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    /// <summary>The words of an enumeration, in its own order.</summary>
    internal static IReadOnlyList<string> Of(Type enumeration) => [.. Enum.GetNames(enumeration).Select(Kebab)];

    /// <summary>a, b or c.</summary>
    internal static string Either(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "nothing",
        1 => words[0],
        _ => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}",
    };
}
