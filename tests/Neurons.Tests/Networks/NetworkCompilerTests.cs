using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Networks;

public sealed class NetworkCompilerTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (ModelDefinition model in DefinitionCatalogue.BuiltIn.All<ModelDefinition>())
            {
                foreach (RuleDefinition rule in DefinitionCatalogue.BuiltIn.All<RuleDefinition>())
                    pairs.Add(model.Name, rule.SettingsType.Name);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_rule_is_taken_by_the_models_that_it_suits_and_by_no_other(string model, string rule)
    {
        ModelDefinition definition = DefinitionCatalogue.BuiltIn.Find<ModelDefinition>(model);
        RuleSettings settings = DefinitionCatalogue.BuiltIn.All<RuleDefinition>()
            .Single(one => one.SettingsType.Name == rule).Variants[0].Settings;
        NetworkSettings network = Network(definition, settings);
        if (settings.Rule.Suits(definition.Defaults.Traits))
            Assert.Same(settings.Rule, NetworkCompiler.Compile(network, 1).Rule);
        else
            Assert.Throws<ArgumentException>(() => NetworkCompiler.Compile(network, 1));
    }

    [Theory]
    [InlineData("boltzmann-machine", "continual-ep", "ContinualEpSettings")]
    [InlineData("boltzmann-machine", "derivative-isd", "DerivativeIsdSettings")]
    [InlineData("forward-forward", "differential-isd", "DifferentialIsdSettings")]
    [InlineData("forward-forward", "isd", "IsdSettings")]
    [InlineData("equilibrium-propagation", "isd", "BoltzmannIsdSettings")]
    [InlineData("contrastive-hebbian", "paired", "ForwardForwardPairedSettings")]
    public void A_refusal_names_the_rule_its_form_and_the_model(string model, string rule, string form)
    {
        RuleSettings settings = DefinitionCatalogue.BuiltIn.All<RuleDefinition>()
            .Single(one => one.SettingsType.Name == form).Variants[0].Settings;
        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkCompiler.Compile(
            Network(DefinitionCatalogue.BuiltIn.Find<ModelDefinition>(model), settings), 1));
        Assert.Contains($"{rule} ({form})", error.Message, StringComparison.Ordinal);
        Assert.Contains(model, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hidden-out", true, true)]
    [InlineData("hidden-out.forward", true, false)]
    [InlineData("hidden-out.backward", false, true)]
    [InlineData("in-hidden", false, false)]
    public void A_link_that_is_named_takes_the_place_of_the_usual_one(string name, bool forward, bool backward)
    {
        var own = new LinkSettings { Duplicate = 0.5 };

        NetworkPlan network = NetworkCompiler.Compile(Linked(name, own), 1);

        Assert.Equal(forward, network.Projections.Single(one => one.Name == "hidden-out.forward").Link == own);
        Assert.Equal(backward, network.Projections.Single(one => one.Name == "hidden-out.backward").Link == own);
    }

    [Theory]
    [InlineData("in-hidden")]
    [InlineData("in-hidden.forward")]
    public void A_projection_of_one_direction_has_a_forward_link(string name)
    {
        var own = new LinkSettings { Duplicate = 0.5 };

        Assert.Equal(own, NetworkCompiler.Compile(Linked(name, own), 1).Projections.Single(one => one.Name == "in-hidden").Link);
    }

    private static NetworkSettings Linked(string name, LinkSettings own) => SmallNetwork.Settings(2, 3, 2) with
    {
        Links = new() { Overrides = new Dictionary<string, LinkSettings> { [name] = own } },
        Classes = 2,
    };

    private static NetworkSettings Network(ModelDefinition model, RuleSettings rule)
    {
        ExampleNetwork example = model.Example(6, 5, 2);
        return new()
        {
            Populations = example.Populations,
            Projections = example.Projections,
            Model = model.Defaults,
            Learning = new() { Rule = rule },
            Classes = 2,
        };
    }
}
