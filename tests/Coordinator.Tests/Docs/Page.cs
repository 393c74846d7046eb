using System.Text;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">What follows the opening fence.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Line">Line of the opening fence, from 1.</param>
internal sealed record Block(string Language, string Text, int Line);

/// <summary>How these tests report what they find: all of it, a line each.</summary>
internal static class Problems
{
    internal static void AssertNone(IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}

/// <summary>A page of the documentation: its fenced blocks, headings, links and inline code.</summary>
internal sealed partial class Page
{
    private readonly List<Block> _blocks = [];
    private readonly List<string> _headings = [];
    private readonly StringBuilder _prose = new();

    private Page(string name)
    {
        Name = name;
        string[] lines = Checkout.Lines(name.Split('/'));
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
                i = TakeBlock(lines, i);
            else
                TakeLine(lines[i]);
        }
    }

    /// <summary>All pages by path from the root, without what reports write into folders of studies.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "README.md",
        "deploy/README.md",
        "CONTRIBUTING.md",
        .. Directory.GetFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.PathOf(), file).Replace('\\', '/'))
            .Where(name => !Generated().IsMatch(name))
            .Order(StringComparer.Ordinal),
    ];

    internal string Name { get; }

    internal IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    internal IReadOnlyList<string> Anchors
    {
        get
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            var anchors = new List<string>();
            foreach (string anchor in _headings.Select(Anchor))
            {
                int before = seen.GetValueOrDefault(anchor);
                seen[anchor] = before + 1;
                anchors.Add(before == 0 ? anchor : $"{anchor}-{before}");
            }

            return anchors;
        }
    }

    /// <summary>Targets of its links and images.</summary>
    internal IEnumerable<string> Links =>
        Link().Matches(InlineCode().Replace(_prose.ToString(), "")).Select(match => match.Groups[1].Value);

    /// <summary>Inline code, on one line each.</summary>
    internal IEnumerable<string> Code =>
        InlineCode().Matches(_prose.ToString()).Select(match => Whitespace().Replace(match.Groups[1].Value, " "));

    internal static Page Read(string name) => new(name);

    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private int TakeBlock(string[] lines, int first)
    {
        int end = Array.FindIndex(lines, first + 1, line => line.StartsWith("```", StringComparison.Ordinal));
        if (end < 0)
            throw new InvalidDataException($"{Name}:{first + 1}: the block has no end");
        _blocks.Add(new(lines[first][3..].Trim(), string.Join('\n', lines[(first + 1)..end]) + "\n", first + 1));
        _prose.Append('\n');
        return end;
    }

    private void TakeLine(string line)
    {
        if (Heading().Match(line) is { Success: true } heading)
            _headings.Add(heading.Groups[1].Value);
        _prose.Append(line).Append('\n');
    }

    [GeneratedRegex("^docs/studies/[^/]+/")]
    private static partial Regex Generated();

    [GeneratedRegex(@"^#{1,6} (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
