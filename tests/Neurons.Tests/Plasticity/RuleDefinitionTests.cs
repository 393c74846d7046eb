using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Models.BoltzmannMachine;
using Nudge.Models.ForwardForward;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;

namespace Nudge.Neurons.Tests.Plasticity;

public sealed class RuleDefinitionTests
{
    public static TheoryData<string> Models =>
        [.. DefinitionCatalogue.BuiltIn.All<ModelDefinition>().Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_is_offered_each_name_of_a_rule_once_and_in_order(string model)
    {
        string[] names = [.. Of(model).Select(rule => rule.Name)];
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
    }

    // Not a list to extend: these are fixed examples of what traits and own forms decide.
    [Theory]
    [InlineData("equilibrium-propagation", "differential-isd", true)]
    [InlineData("equilibrium-propagation", "continual-ep", true)]
    [InlineData("boltzmann-machine", "differential-isd", true)]
    [InlineData("boltzmann-machine", "continual-ep", false)]
    [InlineData("forward-forward", "isd", true)]
    [InlineData("forward-forward", "differential-isd", false)]
    public void Traits_of_the_model_decide_which_rules_are_offered(string model, string rule, bool offered) =>
        Assert.Equal(offered, Of(model).Any(one => one.Name == rule));

    [Fact]
    public void A_models_own_form_of_a_rule_comes_before_the_general_one()
    {
        Assert.Equal(typeof(BoltzmannIsdSettings), SettingsOf("boltzmann-machine", "isd"));
        Assert.Equal(typeof(PairedSettings), SettingsOf("boltzmann-machine", "paired"));
        Assert.Equal(typeof(ForwardForwardIsdSettings), SettingsOf("forward-forward", "isd"));
        Assert.Equal(typeof(ForwardForwardPairedSettings), SettingsOf("forward-forward", "paired"));
        Assert.Equal(typeof(IsdSettings), SettingsOf("equilibrium-propagation", "isd"));
        // Both forms suit the machine, so that there is something to choose from.
        ModelTraits machine = Traits("boltzmann-machine");
        Assert.Equal(
            2, DefinitionCatalogue.BuiltIn.All<RuleDefinition>().Count(rule => rule.Name == "isd" && rule.Suits(machine)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Rules_that_do_not_suit_a_model_are_absent(string model)
    {
        IReadOnlyList<RuleDefinition> offered = Of(model);
        Assert.NotEmpty(offered);
        Assert.All(offered, rule => Assert.True(rule.Suits(Traits(model)), rule.Name));
        Assert.All(offered, rule => Assert.True(rule.OwnModel is null || rule.OwnModel == model, rule.Name));
        IEnumerable<string> suitable = DefinitionCatalogue.BuiltIn.All<RuleDefinition>()
            .Where(rule => rule.Suits(Traits(model))).Select(rule => rule.Name).Distinct();
        Assert.Equal(suitable.Order(), offered.Select(rule => rule.Name).Order());
    }

    [Fact]
    public void The_first_variant_of_every_rule_is_the_rule_by_default()
    {
        foreach (RuleDefinition rule in DefinitionCatalogue.BuiltIn.All<RuleDefinition>())
        {
            Assert.Equal("", rule.Variants[0].Label);
            Assert.Equal(Activator.CreateInstance(rule.SettingsType), rule.Variants[0].Settings);
            Assert.All(rule.Variants, variant => Assert.Same(rule.SettingsType, variant.Settings.GetType()));
            Assert.Equal(rule.Variants.Count, rule.Variants.Select(variant => variant.Label).Distinct().Count());
        }
    }

    private static ModelTraits Traits(string model) =>
        DefinitionCatalogue.BuiltIn.Find<ModelDefinition>(model).Defaults.Traits;

    private static IReadOnlyList<RuleDefinition> Of(string model) =>
        RuleDefinition.For(DefinitionCatalogue.BuiltIn, Traits(model));

    private static Type SettingsOf(string model, string rule) => Of(model).Single(one => one.Name == rule).SettingsType;
}
