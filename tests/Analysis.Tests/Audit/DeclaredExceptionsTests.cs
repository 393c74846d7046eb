using System.Reflection;
using Nudge.Audit;
using Nudge.Catalogue;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Analysis.Tests.Audit;

/// <summary>What rules declare that they carry, against their code and against what the audit measures.</summary>
public sealed class DeclaredExceptionsTests
{
    public static TheoryData<string> Rules => [.. All.Select(rule => rule.SettingsType.Name)];

    private static IReadOnlyList<RuleDefinition> All => DefinitionCatalogue.BuiltIn.All<RuleDefinition>();

    [Fact]
    public void Every_place_that_a_rule_declares_is_a_field_of_its_code()
    {
        IReadOnlyList<CarriedDeclaration> declared = [.. All.SelectMany(rule => rule.Carries), .. RuleFactory.Carries];
        Assert.True(declared.Count > 8, $"{declared.Count}");
        foreach (CarriedDeclaration one in declared)
        {
            string[] parts = one.Place.Split('.');
            Type type = typeof(NetworkPlan).Assembly.GetTypes().Single(type => type.Name == parts[0]);
            FieldInfo field = Assert.Single(KnownKinds.Fields(type), field => FieldNames.Of(field) == parts[1]);
            Assert.True(typeof(IPlasticityRule).IsAssignableFrom(field.DeclaringType), one.Place);
            Assert.EndsWith(".", one.Reason, StringComparison.Ordinal);
            Assert.NotEmpty(one.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_a_rule_declares_is_what_it_is_measured_to_carry(string settings)
    {
        RuleDefinition rule = All.Single(one => one.SettingsType.Name == settings);
        // A batch wraps the rule in another one, whose own places are declared apart.
        string[] measured =
        [
            .. AuditCases.All
                .Where(one => one.Plan.Rule.GetType() == rule.GetType() && one.Plan.Settings.Learning.Batch == 1)
                .SelectMany(one => AuditCases.Measure(one.Name).Fields)
                .Select(field => field.Path)
                .Where(path => !path.StartsWith(nameof(SynapseGroup), StringComparison.Ordinal)
                    && !path.StartsWith(nameof(BiasGroup), StringComparison.Ordinal))
                .Select(path => string.Join('.', path.Split('.', '[').Take(2)))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(rule.Carries.Select(one => one.Place).Order(StringComparer.Ordinal), measured);
    }

    [Fact]
    public void Every_rule_is_measured_on_every_model_that_offers_it()
    {
        Assert.Empty(All.Select(rule => rule.GetType()).Except(AuditCases.All.Select(one => one.Plan.Rule.GetType())));
        Assert.Equal(AuditCases.All.Count, AuditCases.All.Select(one => one.Name).Distinct().Count());
    }
}
