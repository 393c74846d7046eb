using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Running;
using Nudge.Experiments;
using Nudge.Experiments.Listing;
using Nudge.Placement;
using Nudge.Plasticity;
using Nudge.Reports;

namespace Nudge.Coordinator.Tests.Commands;

public sealed class ListCommandTests
{
    public static TheoryData<string> Families => [.. CatalogueListing.Names];

    /// <summary>What a file can name: exact references are found by their model.</summary>
    private static IReadOnlyList<IDefinition> Nameable =>
        [.. Definitions.All.All<IDefinition>().Where(one => one is ISettingsDefinition or INamedPlacement)];

    [Fact]
    public async Task A_pipe_gets_a_plain_line_for_each_definition()
    {
        using var folder = new TemporaryFolder();
        Ended list = await NudgeProcess.RunAsync(folder.Path, "list");
        Assert.Equal(ExitCode.Done, list.Code);
        Assert.DoesNotContain('\e', list.Output);
        string[] lines = list.Output.Split('\n');
        foreach (IDefinition definition in Nameable)
        {
            Assert.Contains(lines, line => line.StartsWith($"  {definition.Name} ", StringComparison.Ordinal)
                && line.Contains(definition.Summary, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Json_is_one_object_that_holds_every_definition_of_every_family()
    {
        using var folder = new TemporaryFolder();
        Ended list = await NudgeProcess.RunAsync(folder.Path, "list", "--json");
        Assert.Equal(ExitCode.Done, list.Code);
        JsonObject json = JsonNode.Parse(list.Output)!.AsObject();
        Assert.Equal(CatalogueListing.Names, json.Select(family => family.Key));
        Assert.Equal(
            Nameable.Select(one => (one.Name, one.Summary)).Order(),
            json.SelectMany(family => family.Value!.AsArray())
                .Select(one => (Text(one, "name"), Text(one, "summary"))).Order());
        Assert.Equal(1, json["models"]!.AsArray().Single(one => Text(one, "name") == "equilibrium-propagation")!
            ["settings"]!["beta"]!["default"]!.GetValue<double>());
    }

    [Fact]
    public void A_rule_is_listed_with_its_models_and_what_it_carries()
    {
        ListedFamily rules = new CatalogueListing(Definitions.All).Of("rules").Single();
        foreach (ListedDefinition one in rules.Definitions)
        {
            var rule = (RuleDefinition)one.Definition;
            string carries = one.Facts.Single(fact => fact.Name == "carries").Text;
            Assert.Equal(rule.Carries.Count == 0, carries == "nothing");
            Assert.All(rule.Carries, carried => Assert.Contains(carried.Reason, carries, StringComparison.Ordinal));
            string models = one.Facts.Single(fact => fact.Name == "models").Text;
            Assert.NotEmpty(models);
            if (rule.OwnModel is { } own)
                Assert.Equal((own, $"{rule.Name} ({own})"), (models, one.Label));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Settings_of_a_definition_are_listed_with_defaults_and_meaning_without_the_familys(string name)
    {
        ListedFamily family = new CatalogueListing(Definitions.All).Of(name).Single();
        Assert.NotEmpty(family.Definitions);
        Assert.All(family.Definitions.SelectMany(one => one.Settings), setting =>
        {
            Assert.NotEqual("", setting.Meaning);
            Assert.DoesNotContain(setting.Path, (string[])["train", "test", "binarise"]);
            Assert.Equal(setting.IsRequired, setting.DefaultText == "required");
        });
    }

    [Fact]
    public void The_page_of_the_guide_is_what_the_program_prints() => Assert.True(
        File.ReadAllText(Checkout.PathOf("docs", "guide", "catalogue.md"))
            == ListingText.Markdown(new CatalogueListing(Definitions.All).Of(null)),
        "docs/guide/catalogue.md is not up to date: nudge list --markdown > docs/guide/catalogue.md");

    [Theory]
    [InlineData("perceptrons", "placements")]
    [InlineData("--json --markdown", "expected one of them")]
    public async Task What_cannot_be_listed_is_bad_input(string arguments, string expected)
    {
        using var folder = new TemporaryFolder();
        Ended list = await NudgeProcess.RunAsync(folder.Path, ["list", .. arguments.Split(' ')]);
        Assert.Equal(ExitCode.BadInput, list.Code);
        Assert.Contains(expected, list.Error, StringComparison.Ordinal);
        Assert.Empty(list.Output);
    }

    private static string Text(JsonNode? definition, string key) => definition![key]!.GetValue<string>();
}
