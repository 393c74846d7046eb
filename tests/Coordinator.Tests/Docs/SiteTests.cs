using System.Text.Json;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The contents of the site that docfx makes: all pages, and no page that does not exist.</summary>
public sealed partial class SiteTests
{
    private static readonly string[] Groups = ["tutorials", "how-to", "reference", "explanation"];

    [Fact]
    public void Every_page_is_in_one_group_of_the_site() => Assert.Equal(
        Page.Names.Concat(["CHANGELOG.md", "SECURITY.md"]).Order(StringComparer.Ordinal),
        Groups.SelectMany(Contents).Order(StringComparer.Ordinal));

    [Fact]
    public void The_top_of_the_site_has_the_groups_and_the_api() => Assert.Equal(
        [.. Groups.Select(group => $"site/{group}/"), "api/"],
        Targets("docs/toc.yml"));

    [Fact]
    public void The_site_is_made_from_files_that_exist()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Checkout.PathOf("docfx.json")));
        JsonElement build = settings.RootElement.GetProperty("build");
        string[] named =
        [
            .. settings.RootElement.GetProperty("metadata").EnumerateArray().SelectMany(one => Files(one.GetProperty("src"))),
            .. Files(build.GetProperty("content")),
            .. Files(build.GetProperty("resource")),
        ];
        Assert.Contains("docs/tutorials/*.md", named);
        // What docfx itself makes is not in the checkout.
        Problems.AssertNone(named.Where(one => !one.StartsWith("docs/api", StringComparison.Ordinal) && !Path.Exists(Checkout.PathOf(Fixed(one)))));
    }

    // The part of a pattern that has no wildcard.
    private static string Fixed(string pattern) => Wildcard().Replace(pattern, "");

    private static IEnumerable<string> Files(JsonElement entries) => entries.EnumerateArray().SelectMany(entry =>
        entry.GetProperty("files").EnumerateArray().Select(file => Path.Combine(
            entry.TryGetProperty("src", out JsonElement folder) ? folder.GetString()! : "", file.GetString()!)));

    private static IEnumerable<string> Contents(string group)
    {
        string toc = $"docs/site/{group}/toc.yml";
        return Targets(toc).Select(target => Path.GetRelativePath(
            Checkout.PathOf(), Path.GetFullPath(Checkout.PathOf(Path.GetDirectoryName(toc)!, target))));
    }

    private static IEnumerable<string> Targets(string toc) =>
        File.ReadLines(Checkout.PathOf(toc)).Select(line => Href().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*href: (\S+)$")]
    private static partial Regex Href();

    [GeneratedRegex(@"\*.*$")]
    private static partial Regex Wildcard();
}
