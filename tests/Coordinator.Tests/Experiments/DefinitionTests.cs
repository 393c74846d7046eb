using System.Reflection;
using CsCheck;
using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Links;
using Nudge.Models;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Whatever the catalogue offers can be written in a file and read from it.</summary>
public sealed class DefinitionTests
{
    private static readonly Dictionary<string, (double Least, double Most)> Ranges = new()
    {
        ["Mean"] = (0.5, 3),
        ["Spread"] = (0, 0.5),
        ["Cv"] = (0.1, 3),
        ["Shape"] = (1.1, 5),
        ["Rate"] = (0, 0.5),
        ["Burst"] = (2, 50),
    };

    public static TheoryData<string, string, string> Rules()
    {
        var all = new TheoryData<string, string, string>();
        foreach (ModelDefinition model in Definitions.All.All<ModelDefinition>())
        {
            foreach (RuleDefinition rule in RuleDefinition.For(Definitions.All, model.Defaults.Traits))
            {
                foreach (RuleVariant variant in rule.Variants.Where(one => !IsRefused(model, one.Settings)))
                    all.Add(model.Name, rule.Name, variant.Label);
            }
        }

        return all;
    }

    public static TheoryData<string, string> Laws()
    {
        var all = new TheoryData<string, string>();
        foreach (Type family in (Type[])[typeof(DelaySettings), typeof(LossSettings)])
        {
            foreach (ISettingsDefinition law in Definitions.All.OfFamily(family))
                all.Add(family.Name, law.Name);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Settings_of_every_model_and_rule_load_as_they_were_written(string model, string rule, string variant)
    {
        ModelDefinition definition = Definitions.All.Find<ModelDefinition>(model);
        RuleDefinition own = RuleDefinition.For(Definitions.All, definition.Defaults.Traits).Single(one => one.Name == rule);
        RuleSettings settings = own.Variants.Single(one => one.Label == variant).Settings;
        ExperimentSettings written = Example(definition, settings);

        LoadedExperiment loaded = SmallExperiment.Load(SettingsWriter.ToYaml(written, explained: true));

        Assert.Equal(settings, loaded.Settings.Learning.Rule);
        Assert.Equal(definition.Defaults.WithNudge(own.Waveform), loaded.Settings.Model);
        Assert.Equal(SettingsWriter.ToJson(written).ToJsonString(), SettingsWriter.ToJson(loaded.Settings).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_law_of_delay_and_loss_loads_as_it_was_written(string family, string law)
    {
        ISettingsDefinition definition = Definitions.All.All<ISettingsDefinition>()
            .Single(one => one.Name == law && one.SettingsType.BaseType!.Name == family);
        Filled(definition.SettingsType).Sample(settings =>
        {
            ActivityLinkSettings link = settings is DelaySettings delay
                ? new() { Delay = delay }
                : new() { Loss = (LossSettings)settings };
            ExperimentSettings written = SmallExperiment.Set().Settings with { Links = new() { Activity = link } };

            LinkSettings read = SmallExperiment.Load(SettingsWriter.ToYaml(written, explained: false)).Settings.Links.Activity;

            Assert.Equal(settings, settings is DelaySettings ? read.Delay : read.Loss);
        });
    }

    [Fact]
    public void Every_labelled_data_set_that_needs_no_file_may_be_named_alone() => Assert.All(
        DataSetCatalog.Names.Select(DataSetCatalog.Named).Where(data => data is not FileSettings && !data.Traits.IsUnlabelled),
        data => Assert.Equal(
            data,
            SmallExperiment.Load(SmallExperiment.With("data: {set: xor}", $"data: {data.Set.Name}"), SizesFor(data))
                .Settings.Data));

    [Fact]
    public void A_file_of_examples_chooses_the_set_of_files_by_itself()
    {
        DataSettings data = SmallExperiment.Load(SmallExperiment.With("{set: xor}", "{file: my.npz, inputs: x, labels: y}")).Settings.Data;

        Assert.Equal(new FileSettings { File = "my.npz", Inputs = "x", Labels = "y" }, data);
    }

    [Theory]
    [InlineData("{inputs: x}", "3:7: data.set: missing; expected arm, bars-and-stripes,", "or the key file")]
    [InlineData("{set: file}", "3:7: data.file: missing; set file needs it", "expected text")]
    [InlineData("file", "3:7: data.file: missing; set file needs it", "expected text")]
    public void Data_without_a_set_or_a_file_are_refused_with_what_was_expected(string data, string start, string end)
    {
        string problem = Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.With("{set: xor}", data))).ToString();

        Assert.StartsWith($"small.yaml:{start}", problem, StringComparison.Ordinal);
        Assert.EndsWith(end, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_rule_is_refused_with_those_that_the_model_has()
    {
        string problem = Assert.Single(
            SmallExperiment.ProblemsOf(SmallExperiment.With("differential-isd", "isdd"))).ToString();

        Assert.StartsWith(
            "small.yaml:15:18: learning.rule: unknown word isdd, did you mean isd?; expected ",
            problem,
            StringComparison.Ordinal);
        Assert.EndsWith("differential-isd, isd, memory-kernel, oscillation or paired", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_model_does_not_accuse_the_settings_of_a_rule()
    {
        string text = SmallExperiment.With("rule: differential-isd", "rule: {kind: isd, baseline: dendritic}")
            .Replace("name: small", "name: small\nmodel: {kind: equilibrium}", StringComparison.Ordinal);

        Assert.Equal("model.kind", Assert.Single(SmallExperiment.ProblemsOf(text)).Path);
    }

    // A variant may be for some of the rule's models only.
    private static bool IsRefused(ModelDefinition model, RuleSettings rule)
    {
        var errors = new Errors();
        rule.Rule.Check(new(rule, model.Defaults.Traits, Example(model, rule).Phases, errors));
        return errors.Any;
    }

    private static ExperimentSettings Example(ModelDefinition model, RuleSettings rule)
    {
        ExampleNetwork network = model.Example(inputs: 16, hidden: 6, classes: 2);
        return new()
        {
            Name = "example",
            Data = new IdxSettings { Binarise = 0.5 },
            Populations = new OrderedDictionary<string, Topology.PopulationSettings>(network.Populations),
            Projections = new OrderedDictionary<string, Topology.ProjectionSettings>(network.Projections),
            Model = model.Defaults.WithNudge(rule.Rule.Waveform),
            Learning = new() { Rule = rule },
            Phases = new()
            {
                PerStimulus = 2,
                Order = rule.Rule.NeedsAlternatingPhases ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
            },
        };
    }

    /// <summary>Settings of a law with random parameters; one whose range is not known here keeps its default.</summary>
    private static Gen<DefinedSettings> Filled(Type type)
    {
        PropertyInfo[] keys = [.. type.GetProperties().Where(one => one.CanWrite && Ranges.ContainsKey(one.Name))];
        return Gen.Double[0, 1].Array[keys.Length].Select(shares =>
        {
            var settings = (DefinedSettings)Activator.CreateInstance(type)!;
            foreach ((PropertyInfo key, double share) in keys.Zip(shares))
                key.SetValue(settings, Ranges[key.Name].Least + (share * (Ranges[key.Name].Most - Ranges[key.Name].Least)));
            return settings;
        });
    }

    private static string[] SizesFor(DataSettings data) => data.Traits is { Inputs: int inputs, Classes: int classes }
        ? [$"populations.input.size={inputs}", $"populations.label.size={classes}"]
        : [];

    private sealed class Errors : IFindings
    {
        internal bool Any { get; private set; }

        public void Error(string path, string message) => Any = true;

        public void Warn(string path, string message)
        {
        }

        public bool IsWritten(string path) => false;
    }
}
