namespace Nudge.Reports.Sweeps;

/// <summary>Names for the files of figures: letters, digits and dashes, none of them twice.</summary>
internal sealed class FigureNames
{
    private const int Longest = 80;
    private readonly HashSet<string> _taken = [];

    internal string Of(params string[] parts)
    {
        string words = string.Join('-', parts.Where(part => part.Length > 0));
        string name = string.Concat(words.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        name = string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name.Length > Longest ? name[..Longest] : name;
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
            free = $"{name}-{number}";
        return free;
    }
}
