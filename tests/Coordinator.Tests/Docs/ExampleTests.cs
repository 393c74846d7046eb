using Nudge.Experiments;
using Nudge.Experiments.Yaml;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The YAML and the settings that the documentation shows are ones that the program reads.</summary>
public sealed class ExampleTests
{
    private const int FewestExamples = 6;
    private static readonly SchemaReader Schema = new();
    private static readonly string[] Endings = [".csv", ".json", ".parquet", ".yaml"];

    public static TheoryData<string> Pages => [.. Page.Names.Where(name => Examples.On(Page.Read(name)).Any())];

    public static TheoryData<string> AllPages => [.. Page.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Whole_experiments_load_without_a_warning(string page)
    {
        foreach (Example example in Examples.On(Page.Read(page)).Where(one => one.IsWhole))
            Assert.Empty(ExperimentFile.Parse(example.Place, example.Text, [], null).Warnings);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Sections_have_keys_and_names_that_the_schema_knows(string page) =>
        Problems.AssertNone(Examples.On(Page.Read(page)).SelectMany(example => Schema.Unknown(example.Root)));

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Settings_in_running_text_exist(string page)
    {
        string[] sections = [.. Schema.Sections];
        Problems.AssertNone(Page.Read(page).Code
            .Select(code => code.Split([':', '=', ' ', ','])[0])
            .Where(path => path.Contains('.') && sections.Contains(path.Split('.')[0]) && !IsFile(path))
            // Places of earlier versions are still read, and a page may state where a setting has moved.
            .Where(path => !Schema.Knows(path) && !MovedSettings.OldPaths.Contains(path)));
    }

    [Fact]
    public void There_are_enough_examples_for_this_to_mean_something()
    {
        Example[] all = [.. Page.Names.SelectMany(name => Examples.On(Page.Read(name)))];
        Assert.InRange(all.Length, FewestExamples, int.MaxValue);
        Assert.Contains(all, example => example.IsWhole);
    }

    [Theory]
    [InlineData("links: {activity: {los: 1}}", "los")]
    [InlineData("phases: {order: sometimes}", "sometimes")]
    [InlineData("populations: {one: {roll: input}}", "roll")]
    public void A_key_or_a_name_that_does_not_exist_is_found(string yaml, string named)
    {
        YamlTree tree = YamlReader.Read(yaml, "planted", new());
        Assert.Contains(named, Assert.Single(Schema.Unknown(tree)), StringComparison.Ordinal);
        Assert.False(Schema.Knows($"links.activity.{named}"));
    }

    private static bool IsFile(string path) => Endings.Contains(Path.GetExtension(path));
}
