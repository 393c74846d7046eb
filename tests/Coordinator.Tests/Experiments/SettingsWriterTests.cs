using CsCheck;
using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class SettingsWriterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_loads_as_the_same_settings(bool explained) => OverrideGenerator.Changes.Sample(
        changes =>
        {
            ExperimentSettings settings = SmallExperiment.Set(changes).Settings;

            string written = SettingsWriter.ToYaml(settings, explained);

            Same(settings, SmallExperiment.Load(written).Settings);
        },
        iter: 300);

    [Theory]
    [MemberData(nameof(EmbeddedExperimentTests.Names), MemberType = typeof(EmbeddedExperimentTests))]
    public void So_it_is_for_every_experiment_that_is_built_in(string name)
    {
        ExperimentSettings settings = ExperimentFile.Load(name, [], null).Settings;

        Same(settings, SmallExperiment.Load(SettingsWriter.ToYaml(settings, explained: true)).Settings);
    }

    [Fact]
    public void Every_key_is_written_and_explained_where_it_first_stands()
    {
        string[] lines = SettingsWriter.ToYaml(SmallExperiment.Set().Settings, explained: true).Split('\n');

        int rate = Array.FindIndex(lines, l => l == "    rate: 0.03");
        Assert.StartsWith("    # Learning rate η of both directions", lines[rate - 1], StringComparison.Ordinal);
        Assert.Contains("  jitter: 0.2", lines);
        Assert.Contains("      # exponential: Exponential, with coefficient of variation 1.", lines);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 120));
    }

    [Fact]
    public void Json_holds_the_same_keys_and_words()
    {
        var json = SettingsWriter.ToJson(SmallExperiment.Set("granularity={slice: 5}").Settings);

        Assert.Equal("differential-isd", (string?)json["learning"]!["rule"]!["kind"]);
        Assert.Equal(5, (int?)json["granularity"]!["slice"]);
        Assert.Equal(0.5, (double?)json["links"]!["activity"]!["delay"]!["mean"]);
        Assert.Equal("output", (string?)json["populations"]!["label"]!["role"]);
    }

    // Records compare their maps by reference; their JSON compares all that they hold, in order.
    private static void Same(ExperimentSettings expected, ExperimentSettings actual) =>
        Assert.Equal(SettingsWriter.ToJson(expected).ToJsonString(), SettingsWriter.ToJson(actual).ToJsonString());
}
