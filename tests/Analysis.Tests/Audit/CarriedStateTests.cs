using Nudge.Audit;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;
using Xunit.Abstractions;

namespace Nudge.Analysis.Tests.Audit;

public sealed class CarriedStateTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(AuditCases.Names), MemberType = typeof(AuditCases))]
    public void Every_byte_that_a_rule_carries_falls_under_a_named_exception(string name)
    {
        CarriedReport report = AuditCases.Measure(name);
        foreach (CarriedField field in report.Fields)
            output.WriteLine($"{field.Path}: {field.Bytes} bytes, {field.Exception}");
        Assert.All(report.Fields, field => Assert.NotNull(field.Exception));
        Assert.True(report.Phases >= 8);
        Assert.True(report.Synapses > 0);
    }

    [Theory]
    [InlineData("isd, equilibrium-propagation")]
    [InlineData("isd, continuous, equilibrium-propagation")]
    [InlineData("isd, dendritic, equilibrium-propagation")]
    [InlineData("isd, boltzmann-machine")]
    [InlineData("isd, forward-forward")]
    [InlineData("oscillation, equilibrium-propagation")]
    [InlineData("memory-kernel, equilibrium-propagation")]
    public void Rules_that_are_local_in_time_carry_nothing(string name)
    {
        CarriedReport report = AuditCases.Measure(name);
        Assert.Equal(0, report.Bytes);
        Assert.Empty(report.Fields);
    }

    [Theory]
    [InlineData("isd, batch, equilibrium-propagation", "_sum")]
    [InlineData("isd, batch, forward-forward", "_sum")]
    [InlineData("isd, adam, forward-forward", "_adam")]
    [InlineData("isd, centring, boltzmann-machine", "_ownMean")]
    [InlineData("isd, sparsity, boltzmann-machine", "_sparsity")]
    [InlineData("paired, forward-forward", "_pair._post")]
    [InlineData("differential-isd, equilibrium-propagation", "_snapshot._activity")]
    [InlineData("derivative-isd, equilibrium-propagation", "_last._activity")]
    [InlineData("continual-ep, equilibrium-propagation", "_last._activity")]
    [InlineData("paired, equilibrium-propagation", "_snapshot._phase")]
    public void The_others_carry_what_they_are_named_for(string name, string place)
    {
        CarriedReport report = AuditCases.Measure(name);
        Assert.Contains(report.Fields, field => field.Path.Contains(place, StringComparison.Ordinal) && field.Bytes > 0);
        Assert.Equal(report.Bytes, report.Fields.Sum(field => field.Bytes));
    }

    [Fact]
    public void The_snapshot_is_counted_to_the_byte()
    {
        CarriedReport report = AuditCases.Measure("differential-isd, equilibrium-propagation");
        // One lane: 20 hidden units padded to 32, and 3 labels padded to 16.
        Assert.Equal((32 + 16) * sizeof(float), Bytes(report, "DifferenceRule._snapshot._activity"));
        // Hidden units receive 12 inputs and 3 labels, label units receive 20 hidden ones.
        Assert.Equal((12 + 20) * sizeof(float), Bytes(report, "DifferenceRule._snapshot._received[0]"));
        Assert.Equal(3 * sizeof(float), Bytes(report, "DifferenceRule._snapshot._received[1]"));
    }

    [Theory]
    [InlineData("isd, equilibrium-propagation", true)]
    [InlineData("isd, dendritic, equilibrium-propagation", true)]
    [InlineData("isd, boltzmann-machine", true)]
    [InlineData("isd, forward-forward", true)]
    [InlineData("differential-isd, equilibrium-propagation", false)]
    [InlineData("derivative-isd, equilibrium-propagation", false)]
    [InlineData("paired, equilibrium-propagation", false)]
    [InlineData("paired, forward-forward", false)]
    public void A_rule_that_is_replaced_by_a_fresh_one_after_each_phase_learns_the_same_bits_only_if_it_is_local(
        string name, bool same)
    {
        (ulong hash, float[] weights) = Run(AuditCases.Plan(name), RuleFactory.Create);
        (ulong amnesic, float[] weightsOfAmnesic) = Run(AuditCases.Plan(name), AmnesicRule.Of(RuleFactory.Create));
        Assert.Equal(same, hash == amnesic);
        Assert.Equal(same, weights.AsSpan().SequenceEqual(weightsOfAmnesic));
    }

    [Fact]
    public void Rules_that_are_planted_and_those_that_the_settings_name_run_to_the_same_bits()
    {
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(AuditCases.Plan("differential-isd, equilibrium-propagation").Settings, 60, AuditNetworks.Examples);
        SmallNetwork.RunToEnd(engine);
        (ulong hash, float[] weights) = Run(network, RuleFactory.Create);
        Assert.Equal(engine.EventHash, hash);
        Assert.Equal(SmallNetwork.Weights(network, engine.Slices), weights);
    }

    [Fact]
    public void A_rule_that_is_metered_carries_its_two_means_and_nothing_else_for_long()
    {
        NetworkSettings plain = SmallNetwork.Settings(6, 12, 3).WithRule("isd");
        NetworkPlan metered = NetworkCompiler.Compile(
            plain with
            {
                Seed = 3,
                Links = SmallNetwork.Faulty,
                Phases = new() { B = PhaseProbability.Optimal, PerStimulus = 2 },
            },
            100);

        CarriedReport report = CarriedState.Measure(metered, VectorExamples.Spread(10, 6, 3));

        Assert.NotEmpty(report.Fields);
        Assert.All(report.Fields, field => Assert.Equal("running means", field.Exception));
    }

    [Fact]
    public void All_that_the_audit_grants_a_synapse_exists()
    {
        foreach ((Type type, string[] names) in SynapseAllowance.Granted)
            Assert.Empty(names.Except(KnownKinds.Fields(type).Select(FieldNames.Of)));
    }

    private static long Bytes(CarriedReport report, string path) =>
        report.Fields.Single(field => field.Path == path).Bytes;

    private static (ulong Hash, float[] Weights) Run(NetworkPlan network, RuleMaker rules)
    {
        var schedule = new TrainingSchedule(network, new RunPlan(60, 0, 3), AuditNetworks.Examples, AuditNetworks.Examples);
        var engine = new VirtualEngine(network, schedule, rules);
        SmallNetwork.RunToEnd(engine);
        return (engine.EventHash, SmallNetwork.Weights(network, engine.Slices));
    }
}
