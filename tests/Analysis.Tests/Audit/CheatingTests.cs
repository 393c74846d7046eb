using Nudge.Audit;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Audit;

public sealed class CheatingTests
{
    private static NetworkPlan Network { get; } = AuditCases.Plan("isd, equilibrium-propagation");

    private static TrainingSchedule NewConductor => new(Network, new(9, 0, 3), AuditNetworks.Examples, AuditNetworks.Examples);

    [Fact]
    public void Honest_rules_pass_and_carry_nothing()
    {
        Assert.Equal(0, Measure(_ => new PlainRule()).Bytes);
        Assert.Equal(0, Measure(_ => new TracingRule()).Bytes);
        Assert.Equal(0, Measure(AmnesicRule.Of(_ => new RememberingRule())).Bytes);
    }

    [Fact]
    public void A_state_kept_in_a_private_array_is_counted()
    {
        CarriedReport report = Measure(_ => new RememberingRule());
        CarriedField field = Assert.Single(report.Fields);
        Assert.Equal("RememberingRule._memory", field.Path);
        // Three values in each of the two slices that learn.
        Assert.Equal(2 * 3 * sizeof(float), field.Bytes);
        Assert.Null(field.Exception);
    }

    [Fact]
    public void A_state_that_is_kept_twice_is_counted()
    {
        CarriedReport report = Measure(_ => new DoublyRememberingRule());
        Assert.Equal(
            ["DoublyRememberingRule._copy", "DoublyRememberingRule._memory"],
            report.Fields.Select(field => field.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_state_kept_in_a_captured_variable_is_counted()
    {
        CarriedReport report = Measure(_ =>
        {
            float[] memory = new float[2];
            return new ClosureRule(activity => memory[0]++ + activity);
        });
        CarriedField field = Assert.Single(report.Fields);
        Assert.Contains("recall.memory", field.Path, StringComparison.Ordinal);
        Assert.Equal(2 * 2 * sizeof(float), field.Bytes);
    }

    [Fact]
    public void A_state_captured_from_outside_is_a_board_that_all_rules_share()
    {
        float[] board = new float[1];
        Expect(() => Measure(_ => new ClosureRule(activity => board[0]++)), "another rule");
        Expect(() => Measure(_ => new SharingRule(board)), "SharingRule.board → Single[] that another rule holds too");
    }

    [Fact]
    public void Static_state_is_found_in_the_code()
    {
        Expect(() => Measure(_ => new StaticRule()), "StaticRule.Factor → static StaticRule.Memory");
        Expect(() => Measure(_ => new ElsewhereRule()), "static Elsewhere.");
        Expect(() => Measure(_ => new ClosureRule(_ => Elsewhere.Memory++)), "static Elsewhere.");
        Expect(() => Measure(_ => new EnvironmentRule()), "Environment.SetEnvironmentVariable");
    }

    [Fact]
    public void A_rule_that_foretells_the_phases_from_the_seed_is_found_in_the_code() =>
        Expect(() => Measure(_ => new SeedRule(Network)), "PhaseSchedule.");

    [Fact]
    public void A_rule_that_holds_another_population_is_found()
    {
        PopulationSlice other = Network.CreateSlice(Network.Slices[1]);
        Expect(() => Measure(_ => new NeighbourRule(other)), "NeighbourRule.other → LeakySlice hidden");
        Expect(
            () => Measure(_ => new HoldingRule(new List<object> { 1, new object[] { other } })),
            "→ LeakySlice hidden");
        Expect(() => Measure(_ => new ClosureRule(_ => other.Steps)), "recall.other → LeakySlice hidden");
        Expect(() => Measure(_ => new HoldingRule(other.Synapses[0])), "→ SynapseGroup in-hidden");
    }

    [Fact]
    public void A_rule_that_reads_the_loss_or_the_labels_is_found()
    {
        TrainingSchedule schedule = NewConductor;
        Expect(() => Measure(_ => new ClosureRule(_ => (float)schedule.RunningAccuracy)), "recall.schedule → TrainingSchedule");
        Expect(() => Measure(_ => new HoldingRule(AuditNetworks.Examples)), "HoldingRule.held → AuditExamples");
        Expect(() => Measure(_ => new ClosureRule(_ => AuditNetworks.Examples.LabelOf(0))), "AuditNetworks.get_Examples");
        Expect(() => Measure(_ => new ClosureRule(activity => LabelOf(activity))), "IStimulusSet.LabelOf");
        Expect(() => Measure(_ => new HoldingRule(new VirtualEngine(Network, schedule))), "→ VirtualEngine");
    }

    [Fact]
    public void Numbers_hidden_where_no_unit_is_are_found()
    {
        Expect(() => Measure(_ => new PaddingRule()), "PaddingRule left numbers in the padding");
        Expect(() => Measure(_ => new BiasPaddingRule()), "BiasPaddingRule left numbers in the padding");
    }

    [Fact]
    public void A_count_of_updates_used_as_a_memory_is_found() =>
        Expect(() => Measure(_ => new CountingRule()), "CountingRule counted ");

    [Fact]
    public void A_rule_that_writes_to_what_it_heard_is_found() =>
        Expect(() => Measure(_ => new ForgingRule()), "ForgingRule wrote to what it received");

    [Fact]
    public void Synapses_of_its_own_making_are_not_its_own() =>
        Expect(() => Measure(context => new PrivateSynapsesRule(Network, context.Slice)), "_notebook → SynapseGroup in-hidden");

    [Fact]
    public void A_guarded_cheat_is_refused_before_it_runs()
    {
        PopulationSlice other = Network.CreateSlice(Network.Slices[1]);
        Expect(() => Make(_ => new NeighbourRule(other)), "LeakySlice hidden");
        float[] board = new float[1];
        Expect(() => Make(_ => new SharingRule(board)), "SharingRule.board → Single[] that another rule holds too");
        Make(_ => new PlainRule());

        static void Make(RuleMaker rules) =>
            _ = new VirtualEngine(Network, NewConductor, RuleInspection.Guard(rules));
    }

    [Theory]
    [MemberData(nameof(AuditCases.Names), MemberType = typeof(AuditCases))]
    public void The_rules_that_settings_name_pass_the_inspection(string name)
    {
        NetworkPlan network = AuditCases.Plan(name);
        IPlasticityRule[] rules =
            [.. network.Slices.Skip(1).Select(slice => RuleFactory.Create(network.RuleContextOf(slice)))];
        Assert.All(rules, RuleInspection.Inspect);
        Assert.DoesNotContain(rules, RuleInspection.IsForeign);
        RuleInspection.InspectTogether(rules);
    }

    [Fact]
    public void A_rule_from_elsewhere_is_foreign_also_inside_one_of_the_simulator()
    {
        RuleContext context = Network.RuleContextOf(Network.Slices[1]);
        Assert.True(RuleInspection.IsForeign(new PlainRule()));
        Assert.True(RuleInspection.IsForeign(new AmnesicRule(_ => new PlainRule(), context)));
    }

    private static float LabelOf(object given) => given is IStimulusSet examples ? examples.LabelOf(0) : 0;

    private static CarriedReport Measure(RuleMaker rules) => CarriedState.Measure(Network, AuditNetworks.Examples, rules);

    private static void Expect(Action cheat, string way)
    {
        LocalityException error = Assert.Throws<LocalityException>(cheat);
        Assert.Contains(way, error.Message, StringComparison.Ordinal);
    }
}
