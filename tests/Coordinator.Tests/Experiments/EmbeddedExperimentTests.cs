using Nudge.Experiments;
using Nudge.Plasticity.Rules;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class EmbeddedExperimentTests
{
    public static TheoryData<string> Names => [.. ExperimentFile.Embedded];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_experiment_that_is_built_in_loads_without_a_warning(string name)
    {
        LoadedExperiment loaded = ExperimentFile.Load(name, [], null);

        Assert.Empty(loaded.Warnings);
        Assert.Equal(name, loaded.Settings.Name);
        Assert.Equal(name, loaded.Source);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_one_says_at_its_head_what_it_shows(string name)
    {
        string[] head = [.. ExperimentFile.Load(name, [], null).Text.Split('\n').TakeWhile(l => l.StartsWith('#'))];

        Assert.Equal("# yaml-language-server: $schema=../docs/experiment.schema.json", head[0]);
        Assert.InRange(head.Length, 3, 8);
    }

    [Fact]
    public void Those_that_the_guide_names_are_there() => Assert.Superset(
        new HashSet<string>
        {
            "xor", "bars-and-stripes", "two-moons", "digits", "mnist", "mnist-full", "mnist-isd", "mnist-deep",
        },
        ExperimentFile.Embedded.ToHashSet());

    [Fact]
    public void The_default_is_one_of_them() => Assert.Contains(ExperimentFile.Default, ExperimentFile.Embedded);

    [Fact]
    public void The_seed_paper_s_rule_remembers_nothing() =>
        Assert.Equal(new IsdSettings(), ExperimentFile.Load("mnist-isd", [], null).Settings.Learning.Rule);

    [Fact]
    public void A_mistyped_name_is_answered_with_the_one_meant()
    {
        var thrown = Assert.Throws<ExperimentException>(() => ExperimentFile.Load("mnsit", [], null));

        Assert.Contains("did you mean mnist?", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_no_experiment() =>
        Assert.Throws<ExperimentException>(() => ExperimentFile.Load(Path.GetTempPath(), [], null));
}
