using System.Runtime.CompilerServices;
using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class SettingsSchemaTests
{
    [Fact]
    public void The_committed_schema_is_what_the_program_prints()
    {
        string committed = File.ReadAllText(Path.Combine(Root(), "docs", "experiment.schema.json"));

        Assert.True(
            committed == SettingsSchema.ToJson(),
            "docs/experiment.schema.json is stale: nudge validate --schema > docs/experiment.schema.json");
    }

    public static TheoryData<string> Files() =>
    [
        .. Directory.GetFiles(Path.Combine(Root(), "experiments"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root(), file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_experiment_of_the_checkout_has_the_shape_that_the_schema_describes(string file) =>
        Assert.True(new SchemaShape().Accepts(File.ReadAllText(Path.Combine(Root(), file))), file);

    [Theory]
    [InlineData("rule: differential-isd", "rule: {kind: isd, baseline: dendritic}", true)]
    [InlineData("rule: differential-isd", "rule: {kind: isd, centring: 0.1}", true)]
    [InlineData("rule: differential-isd", "rule: {}", true)]
    [InlineData("rule: differential-isd", "rule: hebb", false)]
    [InlineData("rule: differential-isd", "rule: {kind: paired, timing: continuous}", false)]
    [InlineData("rule: differential-isd", "rule: {timing: continuous}", false)]
    [InlineData("rule: differential-isd", "rule: isd, timing: continuous", false)]
    [InlineData("data: {set: xor}", "data: xor", true)]
    [InlineData("data: {set: xor}", "data: {train: 3}", false)]
    [InlineData("{law: exponential, mean: 0.5}", "none", true)]
    [InlineData("{law: exponential, mean: 0.5}", "{law: exponential}", false)]
    [InlineData("{law: exponential, mean: 0.5}", "{law: uniform, mean: 0.5, cv: 1}", false)]
    [InlineData("name: small", "name: small\nmodel: contrastive-hebbian", true)]
    [InlineData("name: small", "name: small\nmodel: {kind: contrastive-hebbian, beta: 1}", false)]
    public void The_schema_knows_which_settings_belong_to_which_definition(string part, string other, bool accepted) =>
        Assert.Equal(accepted, new SchemaShape().Accepts(SmallExperiment.With(part, other)));

    private static string Root([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Distributed.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the root of the checkout");
    }
}
