using System.Reflection;
using System.Text.RegularExpressions;
using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Catalogue;

public sealed partial class DefinitionCatalogueTests
{
    private static readonly Assembly Core = typeof(DefinitionCatalogue).Assembly;
    private static readonly DefinitionCatalogue Extended =
        DefinitionCatalogue.BuiltIn.With(typeof(DefinitionCatalogueTests).Assembly);

    /// <summary>Those of this assembly count as well: a plug-in has to be as complete as what is built in.</summary>
    public static TheoryData<string> Definitions =>
        [.. Extended.All<IDefinition>().Select(definition => definition.GetType().FullName!)];

    public static TheoryData<string> DefinitionsWithSettings =>
        [.. Extended.All<ISettingsDefinition>().Select(definition => definition.GetType().FullName!)];

    [Theory]
    [InlineData("Nudge.Neurons")]
    [InlineData("Neurons.Tests")]
    public void Metadata_name_the_types_that_are_definitions_and_no_others(string name)
    {
        Assembly assembly = Assembly.Load(name);
        Type[] loaded = [.. assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(IDefinition).IsAssignableFrom(type))];
        Assert.NotEmpty(loaded);
        Assert.Equal(loaded.OrderBy(type => type.FullName, StringComparer.Ordinal), DefinitionTypes.Likely(assembly).OrderBy(type => type.FullName, StringComparer.Ordinal));
    }

    [Fact]
    public void It_finds_every_definition_of_an_assembly_once()
    {
        string[] expected =
        [
            .. Core.GetTypes().Where(type => typeof(IDefinition).IsAssignableFrom(type) && !type.IsAbstract)
                .Select(type => type.FullName!),
        ];
        Assert.True(expected.Length > 20, $"{expected.Length}");
        Assert.Equal(
            expected.Order(),
            DefinitionCatalogue.BuiltIn.All<IDefinition>().Select(one => one.GetType().FullName!).Order());
    }

    [Fact]
    public void It_lists_the_members_of_each_family_by_name()
    {
        DefinitionCatalogue all = DefinitionCatalogue.BuiltIn;
        AssertListed(
            ["boltzmann-machine", "contrastive-hebbian", "equilibrium-propagation", "forward-forward"],
            all.All<ModelDefinition>());
        AssertListed(
            ["constant", "exponential", "gamma", "log-normal", "none", "pareto", "uniform"],
            all.OfFamily(typeof(DelaySettings)));
        AssertListed(["gilbert-elliott", "independent", "none"], all.OfFamily(typeof(LossSettings)));
        Assert.Equal(
            all.All<RuleDefinition>().Select(rule => rule.Name),
            all.OfFamily(typeof(RuleSettings)).Select(rule => rule.Name));
    }

    [Fact]
    public void It_finds_a_definition_by_its_name_and_names_the_others_where_there_is_none()
    {
        ModelDefinition found = DefinitionCatalogue.BuiltIn.Find<ModelDefinition>("forward-forward");
        Assert.Equal("forward-forward", found.Name);
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(
            () => DefinitionCatalogue.BuiltIn.Find<ModelDefinition>("perceptron"));
        Assert.Contains("perceptron", error.Message, StringComparison.Ordinal);
        foreach (ModelDefinition model in DefinitionCatalogue.BuiltIn.All<ModelDefinition>())
            Assert.Contains(model.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_name_may_stand_for_a_form_of_its_own_on_each_model_but_not_twice_on_one()
    {
        IReadOnlyList<RuleDefinition> rules = Extended.All<RuleDefinition>();
        Assert.Equal(
            ["", "boltzmann-machine", "forward-forward", "helmholtz-machine"],
            rules.Where(rule => rule.Name == "isd").Select(rule => rule.OwnModel ?? "").Order());
        Assert.All(rules.GroupBy(rule => (rule.Name, rule.OwnModel)), forms => Assert.Single(forms));
        Type[] families = [typeof(ModelSettings), typeof(DelaySettings), typeof(LossSettings)];
        Assert.All(
            families.SelectMany(family => Extended.OfFamily(family).GroupBy(one => (family, one.Name))),
            forms => Assert.Single(forms));
    }

    [Fact]
    public void An_assembly_that_is_added_brings_its_definitions_and_leaves_the_built_in_catalogue_alone()
    {
        Assert.IsType<Product>(Extended.Find<RuleDefinition>("product"));
        Assert.Contains(Extended.OfFamily(typeof(DelaySettings)), law => law.SettingsType == typeof(TwoPointDelay));
        Assert.Equal(
            DefinitionCatalogue.BuiltIn.All<IDefinition>().Count + 2, Extended.All<IDefinition>().Count);
        Assert.Throws<KeyNotFoundException>(() => DefinitionCatalogue.BuiltIn.Find<RuleDefinition>("product"));
        Assert.Equal(Extended.All<IDefinition>().Count, Extended.With(Core).All<IDefinition>().Count);
    }

    [Fact]
    public void A_rule_and_a_delay_law_of_another_assembly_run_like_built_in_ones()
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3).WithRule(new ProductSettings());
        NetworkSettings settings = plain with
        {
            Links = new() { Activity = new() { Delay = new TwoPointDelay { Mean = 0.5 } } },
        };
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(settings, 40, VectorExamples.Spread(6, 4, 3));
        float[] before = SmallNetwork.Weights(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        Assert.NotEqual(before, SmallNetwork.Weights(network, engine.Slices));
        Assert.True(engine.Slices[1].Learned.Positive > 10, $"{engine.Slices[1].Learned}");
        (VirtualEngine ideal, _, _) = SmallNetwork.Prepare(plain, 40, VectorExamples.Spread(6, 4, 3));
        SmallNetwork.RunToEnd(ideal);
        Assert.NotEqual(ideal.EventHash, engine.EventHash);
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Every_definition_describes_itself_in_sentences_under_a_name_fit_for_a_file(string type)
    {
        IDefinition definition = Definition(type);
        Assert.Matches(KebabCase(), definition.Name);
        Assert.Matches(Sentences(), definition.Summary);
    }

    [Theory]
    [MemberData(nameof(DefinitionsWithSettings))]
    public void The_settings_of_every_definition_lead_back_to_it(string type)
    {
        var definition = (ISettingsDefinition)Definition(type);
        var settings = (DefinedSettings)Activator.CreateInstance(definition.SettingsType)!;
        Assert.IsType(definition.GetType(), settings.Definition);
        Assert.Equal(definition.Name, settings.Definition.Name);
        Assert.Equal(definition.SettingsType, settings.Definition.SettingsType);
    }

    [Theory]
    [InlineData(typeof(ModelSettings))]
    [InlineData(typeof(RuleSettings))]
    [InlineData(typeof(DelaySettings))]
    [InlineData(typeof(LossSettings))]
    public void What_a_family_takes_where_a_file_names_nothing_exists(Type family)
    {
        ChosenByAttribute chosen = family.GetCustomAttribute<ChosenByAttribute>()!;
        Assert.Contains(DefinitionCatalogue.BuiltIn.OfFamily(family), one => one.Name == chosen.Default);
    }

    /// <summary>All of these in the order of names, whatever was added since.</summary>
    private static void AssertListed(string[] known, IEnumerable<IDefinition> family)
    {
        string[] names = [.. family.Select(one => one.Name)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(known, names.Intersect(known));
    }

    private static IDefinition Definition(string type) =>
        Extended.All<IDefinition>().Single(one => one.GetType().FullName == type);

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^[A-Z].{9,}\.$")]
    private static partial Regex Sentences();
}
