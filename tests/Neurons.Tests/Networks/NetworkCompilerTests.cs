using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Plasticity;

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
