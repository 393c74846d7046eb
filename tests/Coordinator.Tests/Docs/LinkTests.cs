using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>Links between pages, and references to the theory from the code, lead somewhere.</summary>
public sealed partial class LinkTests
{
    private const int FewestReferences = 40;
    private static readonly string[] Referring = ["src", "tests", "experiments", "docs"];

    public static TheoryData<string> Pages => [.. Page.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_and_anchor_of_a_page_exists(string page) =>
        Problems.AssertNone(Page.Read(page).Links.Where(link => !IsElsewhere(link) && !Exists(page, link)));

    [Fact]
    public void Every_page_can_be_reached_from_the_readme_and_every_page_of_docs_from_its_index()
    {
        Problems.AssertNone(Page.Names.Except(Reached("README.md")));
        Problems.AssertNone(Page.Names.Where(IsInDocs).Except(Reached("docs/README.md")));
    }

    [Fact]
    public void Every_section_of_the_theory_that_a_file_names_exists()
    {
        HashSet<string> sections =
        [
            .. File.ReadLines(Checkout.PathOf("docs", "theory.md")).Select(line => Section().Match(line))
                .Where(match => match.Success).Select(match => match.Groups[1].Value),
        ];
        (string File, string Section)[] named = [.. Referring.SelectMany(Sources).SelectMany(References)];
        Assert.InRange(named.Length, FewestReferences, int.MaxValue);
        Problems.AssertNone(
            named.Where(one => !sections.Contains(one.Section)).Select(one => $"{one.File}: §{one.Section}"));
    }

    [Theory]
    [InlineData("no-such-page.md")]
    [InlineData("theory.md#9-no-such-section")]
    [InlineData("#no-such-section")]
    public void A_link_that_leads_nowhere_is_found(string link) => Assert.False(Exists("docs/guide.md", link));

    [Theory]
    [InlineData("theory.md#3c-the-coherence-gate")]
    [InlineData("../experiments")]
    [InlineData("guide/running.md#main-fields-of-runjson")]
    public void A_link_that_leads_somewhere_is_not_reported(string link) => Assert.True(Exists("docs/guide.md", link));

    private static bool Exists(string page, string link)
    {
        string[] parts = link.Split('#');
        string target = parts[0].Length == 0 ? page : Target(page, parts[0]);
        if (parts.Length == 1)
            return Path.Exists(Checkout.PathOf(target));
        return File.Exists(Checkout.PathOf(target)) && Page.Read(target).Anchors.Contains(parts[1]);
    }

    // Path from the root of the checkout.
    private static string Target(string page, string link) => Path.GetRelativePath(
        Checkout.PathOf(), Path.GetFullPath(Checkout.PathOf(Path.GetDirectoryName(page)!, link))).Replace('\\', '/');

    private static bool IsElsewhere(string link) => link.Contains("://", StringComparison.Ordinal);

    private static bool IsInDocs(string page) => page.StartsWith("docs/", StringComparison.Ordinal);

    private static HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out string? page))
        {
            if (!Page.Names.Contains(page) || !reached.Add(page))
                continue;
            foreach (string link in Page.Read(page).Links.Where(link => !IsElsewhere(link)))
                open.Enqueue(Target(page, link.Split('#')[0]));
        }

        return reached;
    }

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Checkout.PathOf(folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".yaml" or ".md" or ".json" && !Built().IsMatch(file));

    private static IEnumerable<(string File, string Section)> References(string file) => Reference()
        .Matches(File.ReadAllText(file))
        .SelectMany(match => Number().Matches(match.Value))
        .Select(number => (Path.GetRelativePath(Checkout.PathOf(), file), number.Groups[1].Value));

    [GeneratedRegex(@"^## (\d[a-z]?)\. ")]
    private static partial Regex Section();

    // "theory §2", "theory 3b", "theory §2 to §4", "theory §2, §3b", "theory §2–§4".
    [GeneratedRegex(@"\btheory §?\d[a-z]?\b((,| to|–|,? and) ?§\d[a-z]?\b)*")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(\d[a-z]?)")]
    private static partial Regex Number();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Built();
}
