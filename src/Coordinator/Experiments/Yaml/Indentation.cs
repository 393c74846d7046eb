namespace Nudge.Experiments.Yaml;

/// <summary>Finds tabs where YAML requires spaces: parsers interpret them differently.</summary>
internal static class Indentation
{
    /// <summary>Reports every line that is indented with a tab.</summary>
    internal static bool HasTabs(string text, string source, Findings findings)
    {
        bool any = false;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            int tab = line[..(line.Length - line.TrimStart().Length)].IndexOf('\t');
            if (tab < 0 || line.TrimStart().Length == 0)
                continue;
            findings.Error(new(source, number, tab + 1), "", "a tab; expected spaces, which alone indent YAML");
            any = true;
        }

        return any;
    }
}
