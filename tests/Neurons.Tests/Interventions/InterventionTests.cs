using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Interventions;

/// <summary>What each intervention does to a network in virtual time.</summary>
public sealed class InterventionTests
{
    private const int Presentations = 30;
    private static readonly NetworkSettings Settings = SmallNetwork.Settings(9, 12, 4) with { Links = SmallNetwork.Faulty };

    [Fact]
    public void Half_of_the_messages_are_lost_from_the_phase_on_at_which_loss_becomes_one_half()
    {
        Run run = Begin(("half", At(21, new ChangeLinks { Loss = new IndependentLoss { Rate = 0.5 } })));
        run.ToPhase(21);
        LedgerEntry before = Activity(run);
        SmallNetwork.RunToEnd(run.Engine);
        LedgerEntry after = Activity(run);
        Assert.InRange(Share(before.Lost, before.Sent), 0.08, 0.12);
        Assert.InRange(Share(after.Lost - before.Lost, after.Sent - before.Sent), 0.47, 0.53);
        Assert.Equal(0, after.Unaccounted);
    }

    [Fact]
    public void A_cut_link_carries_nothing_until_it_is_restored_and_the_ledger_says_so()
    {
        Run run = Begin(
            ("cut", At(11, new CutLinks { Links = "hidden-out.backward" })), ("back", At(31, new RestoreLinks { Links = "hidden-out" })));
        run.ToPhase(11);
        LedgerEntry before = Of(run, "hidden-out.backward");
        run.ToPhase(31);
        LedgerEntry during = Of(run, "hidden-out.backward");
        Assert.Equal(during.Sent - before.Sent, during.Cut - before.Cut);
        Assert.True(during.Sent > before.Sent + 100);
        Assert.Equal(0, Of(run, "hidden-out.forward").Cut);
        SmallNetwork.RunToEnd(run.Engine);
        LedgerEntry after = Of(run, "hidden-out.backward");
        Assert.Equal(during.Cut, after.Cut);
        Assert.True(after.Delivered > during.Delivered + 100);
    }

    [Fact]
    public void An_intervention_with_an_end_is_undone_by_itself_and_what_was_undone_before_is_left_alone()
    {
        Run run = Begin(
            ("cut", At(11, new CutLinks { Links = "hidden-out.backward", Until = new() { Phase = 31 } })),
            ("slow", At(15, new SlowPopulation { Population = "hidden", Factor = 2, For = new() { Phases = 5 } })),
            ("silent", At(15, new SilencePopulation { Population = "out", Until = new() { Phase = 40 } })),
            ("again", At(25, new UndoIntervention { Of = "silent" })));
        SmallNetwork.RunToEnd(run.Engine);
        Assert.Equal(
            ["11 cut", "15 slow", "15 silent", "20 slow-until", "25 again", "31 cut-until"],
            run.Pending.Applied.Select(one => $"{one.Moment.Phase} {one.Name}"));
        Assert.All(run.Pending.Applied, one => Assert.True(one.IsScripted));
        Run byHand = Begin(
            ("cut", At(11, new CutLinks { Links = "hidden-out.backward" })), ("back", At(31, new RestoreLinks { Links = "hidden-out" })),
            ("slow", At(15, new SlowPopulation { Population = "hidden", Factor = 2 })),
            ("silent", At(15, new SilencePopulation { Population = "out" })),
            ("quick", At(20, new RestorePopulation { Population = "hidden" })),
            ("again", At(25, new RestorePopulation { Population = "out" })));
        SmallNetwork.RunToEnd(byHand.Engine);
        Assert.Equal(SmallNetwork.Weights(run.Network, run.Engine.Slices), SmallNetwork.Weights(byHand.Network, byHand.Engine.Slices));
    }

    [Fact]
    public void A_partition_window_is_a_cut_that_ends_by_itself_between_two_phases()
    {
        Run plain = Begin();
        plain.ToPhase(30);
        double from = plain.Engine.Now + 0.1;
        plain.ToPhase(40);
        Run run = Begin(WithWindow("hidden-out.backward", from, plain.Engine.Now - 0.1), []);
        SmallNetwork.RunToEnd(run.Engine);
        AppliedIntervention[] applied = [.. run.Pending.Applied];
        Assert.Equal(
            [(31, "links.overrides.hidden-out.backward.partitions.a"), (40, "links.overrides.hidden-out.backward.partitions.a-until")],
            applied.Select(one => ((int)one.Moment.Phase, one.Name)));
        Assert.True(Of(run, "hidden-out.backward").Cut > 50);
        Assert.Equal(0, Of(run, "hidden-out.forward").Cut);
    }

    [Fact]
    public void A_run_from_the_interventions_of_another_makes_each_once_and_ends_at_the_same_bits()
    {
        NetworkSettings settings = WithWindow("hidden-out", 50, 200);
        Run run = Begin(
            settings, [("cut", At(11, new CutLinks { Links = "in-hidden", For = new() { Presentations = 3 } }))]);
        SmallNetwork.RunToEnd(run.Engine);
        Run again = Begin(
            settings,
            [.. run.Pending.Applied.Select(one => (one.Name, one.Settings with { At = new() { Phase = one.Moment.Phase } }))]);
        SmallNetwork.RunToEnd(again.Engine);
        Assert.Equal(4, run.Pending.Applied.Count);
        Assert.Equal(run.Pending.Applied, again.Pending.Applied);
        Assert.Equal(run.Engine.EventHash, again.Engine.EventHash);
    }

    [Fact]
    public void Windows_are_named_after_their_settings_and_select_the_directions_that_have_these_settings()
    {
        PartitionWindow window = new() { From = 1, Until = 2 };
        var windows = new Dictionary<string, PartitionWindow> { ["a"] = window };
        NetworkSettings settings = Settings with
        {
            Links = new()
            {
                Activity = new() { Partitions = windows },
                Control = new() { Partitions = windows },
                Phase = new() { Partitions = windows },
            },
        };
        Assert.Equal(
            ["links.activity.partitions.a all", "links.control.partitions.a control", "links.phase.partitions.a phase"], NamesOf(settings));
        settings = settings with
        {
            Links = new()
            {
                Activity = new() { Partitions = windows },
                Overrides = new Dictionary<string, LinkSettings> { ["hidden-out.backward"] = new() { Partitions = windows } },
            },
        };
        Assert.Equal(
            [
                "links.activity.partitions.a of in-hidden in-hidden", "links.activity.partitions.a of hidden-out.forward hidden-out.forward",
                "links.overrides.hidden-out.backward.partitions.a hidden-out.backward",
            ],
            NamesOf(settings));
    }

    [Fact]
    public void A_population_that_is_cut_off_hears_neither_neighbours_nor_coordinator()
    {
        Run run = Begin(("alone", At(11, new CutPopulation { Population = "out" })));
        run.ToPhase(11);
        PopulationSlice output = run.Engine.Slices[^1];
        run.ToPhase(12);
        long phase = output.Tag.Phase.Number;
        SmallNetwork.RunToEnd(run.Engine);
        Assert.InRange(output.Tag.Phase.Number, phase, phase + 1);
        Assert.True(run.Engine.Slices[0].Tag.Phase.Number > 50);
        Assert.True(Of(run, "coordinator.nudge").Cut > 30);
    }

    [Fact]
    public void Silent_clocks_make_no_step_and_slow_ones_make_fewer()
    {
        Run run = Begin(
            ("slow", At(11, new SlowPopulation { Population = "hidden", Factor = 4 })),
            ("silent", At(11, new SilencePopulation { Population = "out" })),
            ("again", At(41, new RestorePopulation { Population = "out" })));
        run.ToPhase(11);
        long[] before = [.. run.Engine.Slices.Select(slice => slice.Steps)];
        run.ToPhase(41);
        long[] steps = [.. run.Engine.Slices.Select((slice, i) => slice.Steps - before[i])];
        Assert.Equal(0, steps[2]);
        Assert.InRange((double)steps[0] / steps[1], 3.8, 4.2);
        SmallNetwork.RunToEnd(run.Engine);
        Assert.True(run.Engine.Slices[2].Steps > before[2] + 100);
    }

    [Fact]
    public void Weights_are_turned_in_both_copies_alike_whatever_the_cut_and_back_when_undone()
    {
        float[] plain = WeightsAfter(1);
        InterventionSettings flip = new FlipWeights { Projection = "hidden-out", Share = 0.3 };
        float[] turned = WeightsAfter(1, ("flip", At(1, flip)));
        Assert.Equal(turned, WeightsAfter(5, ("flip", At(1, flip))));
        int different = 0;
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(Math.Abs(plain[i]), Math.Abs(turned[i]));
            different += plain[i] == turned[i] ? 0 : 1;
        }

        // Of 2 × 48 weights of the projection.
        Assert.InRange(different, 14, 44);
        Assert.Equal(0, different % 2);
        Assert.Equal(plain, WeightsAfter(1, ("flip", At(1, flip)), ("undo", At(1, new UndoIntervention { Of = "flip" }))));
    }

    [Fact]
    public void Weights_that_were_turned_back_are_not_turned_again_by_a_second_undo()
    {
        InterventionSettings flip = new FlipWeights { Projection = "hidden-out", Share = 0.3 };
        InterventionSettings undo = new UndoIntervention { Of = "flip" };
        Assert.Equal(WeightsAfter(1), WeightsAfter(1, ("flip", At(1, flip)), ("undo", At(1, undo)), ("again", At(1, undo))));
        Assert.NotEqual(WeightsAfter(1), WeightsAfter(1, ("flip", At(1, flip))));
    }

    [Fact]
    public void What_is_done_to_a_node_changes_no_weight_and_is_done_once_also_where_the_run_goes_back()
    {
        var nodes = new NodesOfTest();
        Run run = Begin(("kill", At(5, new KillNode { Node = 2 })));
        run.Pending.Nodes = nodes;
        run.ToPhase(3);
        byte[] before = StateBytes.Of("a run", run.Engine);
        run.ToPhase(7);
        run.Pending.Ask(new StopNode { Node = 1 });
        run.ToPhase(9);
        Assert.Equal([new KillNode { Node = 2 }, new StopNode { Node = 1 }], nodes.Done);
        ulong hash = run.Engine.EventHash;
        StateBytes.Restore(before, "a run", run.Engine);
        run.ToPhase(9);
        Assert.Equal(hash, run.Engine.EventHash);
        Assert.Equal(2, nodes.Done.Count);
        Assert.Equal(WeightsAfter(1), WeightsAfter(1, ("kill", At(1, new KillNode { Node = 1 }))));
        Assert.All(run.Pending.Applied, one => Assert.False(one.CanBeUndone));
    }

    [Fact]
    public void Undoing_the_first_of_two_leaves_the_second()
    {
        Run run = Begin(
            ("half", At(1, new ChangeLinks { Loss = new IndependentLoss { Rate = 0.5 } })),
            ("late", At(2, new ChangeLinks { Delay = new ConstantDelay { Mean = 3 } })),
            ("undo", At(3, new UndoIntervention { Of = "half" })));
        run.ToPhase(3);
        LinkCondition now = run.Engine.Conditions.Of(run.Network.Projections[0]);
        Assert.Equal(0.1, now.Settings.Loss.MeanLoss);
        Assert.Equal(3, now.Settings.Delay.MeanDelay);
        Assert.True(run.Pending.Applied[0].IsUndone(run.Pending.Applied));
        Assert.False(run.Pending.Applied[1].IsUndone(run.Pending.Applied));
    }

    [Fact]
    public void What_was_asked_for_by_hand_gives_the_same_bits_when_it_is_repeated_from_a_script()
    {
        Run byHand = Begin();
        byHand.ToPhase(9);
        byHand.Pending.Ask(new ChangeLinks { Loss = new IndependentLoss { Rate = 0.6 } });
        byHand.ToPhase(20);
        byHand.Pending.Ask(new FlipWeights { Projection = "in-hidden", Share = 0.2 });
        SmallNetwork.RunToEnd(byHand.Engine);
        Run scripted = Begin(
            [.. byHand.Pending.Applied.Select(one => (one.Name, one.Settings with { At = new() { Phase = one.Moment.Phase } }))]);
        SmallNetwork.RunToEnd(scripted.Engine);
        Run without = Begin();
        SmallNetwork.RunToEnd(without.Engine);
        Assert.Equal(2, byHand.Pending.Applied.Count);
        Assert.Equal(byHand.Engine.EventHash, scripted.Engine.EventHash);
        Assert.Equal(SmallNetwork.Weights(byHand.Network, byHand.Engine.Slices), SmallNetwork.Weights(scripted.Network, scripted.Engine.Slices));
        Assert.NotEqual(without.Engine.EventHash, byHand.Engine.EventHash);
    }

    [Fact]
    public void What_was_asked_for_after_a_checkpoint_takes_place_again_when_the_run_goes_back_to_it()
    {
        Run run = Begin();
        run.ToPhase(9);
        byte[] saved = StateBytes.Of("engine", run.Engine);
        run.ToPhase(15);
        run.Pending.Ask(new CutLinks { Links = "in-hidden" });
        run.ToPhase(20);
        StateBytes.Restore(saved, "engine", run.Engine);
        Assert.Empty(run.Pending.Applied);
        SmallNetwork.RunToEnd(run.Engine);
        AppliedIntervention again = Assert.Single(run.Pending.Applied);
        Run scripted = Begin((again.Name, At((int)again.Moment.Phase, again.Settings)));
        SmallNetwork.RunToEnd(scripted.Engine);
        Assert.Equal(scripted.Engine.EventHash, run.Engine.EventHash);
    }

    [Fact]
    public void All_kinds_are_the_same_after_they_were_written_as_JSON()
    {
        IReadOnlyDictionary<string, InterventionSettings> all = AnyInterventions.Of(
            NetworkCompiler.Compile(Settings, 10), [.. Enumerable.Range(0, AnyInterventions.Kinds).Select(kind => (kind, kind, 5))]);
        foreach (InterventionSettings one in all.Values)
            Assert.Equal(one, InterventionJson.Read(InterventionJson.Write(one)));
        Assert.Equal(AnyInterventions.Kinds, all.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"no-such\"}")]
    [InlineData("{\"kind\":\"cut-links\",\"link\":\"all\"}")]
    [InlineData("{\"kind\":\"slow-population\",\"population\":\"hidden\"}")]
    [InlineData("null")]
    [InlineData("[1")]
    public void What_is_no_intervention_is_refused_with_one_exception(string json) =>
        Assert.Throws<InvalidDataException>(() => InterventionJson.Read(json));

    [Fact]
    public void Names_that_the_network_does_not_have_are_found()
    {
        var targets = InterventionTargets.Of(NetworkCompiler.Compile(Settings, 10));
        var found = new List<string>();
        var findings = new Found(found);
        new CutLinks { Links = "hidden-out.sideways" }.Check("interventions.a", targets, findings);
        new SilencePopulation { Population = "hiden" }.Check("interventions.b", targets, findings);
        new FlipWeights { Projection = "all", Share = 0.5 }.Check("interventions.c", targets, findings);
        new ChangeLinks { Links = "in-hidden" }.Check("interventions.d", targets, findings);
        Assert.Equal(["interventions.a.links", "interventions.b.population", "interventions.c.projection", "interventions.d"], found);
        new CutLinks { Links = "in-hidden.forward" }.Check("", targets, findings);
        new CutLinks { Links = "control" }.Check("", targets, findings);
        Assert.Equal(4, found.Count);
    }

    private static IEnumerable<string> NamesOf(NetworkSettings settings) => PartitionWindows.Of(NetworkCompiler.Compile(settings, 10))
        .Select(one => $"{one.Key} {((CutLinks)one.Value).Links}");

    private static NetworkSettings WithWindow(string links, double from, double until) => Settings with
    {
        Links = Settings.Links with
        {
            Overrides = new Dictionary<string, LinkSettings>
            {
                [links] = Settings.Links.Activity with
                {
                    Partitions = new Dictionary<string, PartitionWindow> { ["a"] = new() { From = from, Until = until } },
                },
            },
        },
    };

    private static InterventionSettings At(int phase, InterventionSettings settings) => settings with { At = new() { Phase = phase } };

    private static float[] WeightsAfter(int unitsPerSlice, params (string Name, InterventionSettings Settings)[] interventions)
    {
        NetworkSettings settings = unitsPerSlice == 1 ? Settings : Settings with
        {
            Populations =
            [
                .. Settings.Populations.Select(one => KeyValuePair.Create(
                    one.Key, one.Value with { Granularity = new(GranularityKind.Slice, unitsPerSlice) })),
            ],
        };
        Run run = Begin(settings, interventions);
        run.ToPhase(1);
        return SmallNetwork.Weights(run.Network, run.Engine.Slices);
    }

    private static LedgerEntry Activity(Run run) =>
        LedgerEntry.Sum("activity", run.Engine.Ledger().Where(row => !row.Link.StartsWith("coordinator", StringComparison.Ordinal)));

    private static LedgerEntry Of(Run run, string link) => run.Engine.Ledger().Single(row => row.Link == link);

    private static double Share(long part, long whole) => (double)part / whole;

    private static Run Begin(params (string Name, InterventionSettings Settings)[] interventions) => Begin(Settings, interventions);

    private static Run Begin(NetworkSettings settings, (string Name, InterventionSettings Settings)[] interventions)
    {
        (VirtualEngine engine, TrainingSchedule schedule, NetworkPlan network) =
            SmallNetwork.Prepare(settings, Presentations, VectorExamples.Spread(12, 9, 4));
        var pending = new PendingInterventions(network, interventions.ToDictionary(one => one.Name, one => one.Settings));
        engine.Interventions = pending;
        return new(engine, schedule, network, pending);
    }

    private sealed record Run(VirtualEngine Engine, TrainingSchedule Schedule, NetworkPlan Network, PendingInterventions Pending)
    {
        /// <summary>Goes on until a phase has begun.</summary>
        internal void ToPhase(long phase)
        {
            while (Schedule.Phases < phase)
                Assert.True(Engine.RunPhase());
        }
    }

    private sealed class NodesOfTest : INodeControl
    {
        internal List<NodeIntervention> Done { get; } = [];

        public void Do(NodeIntervention intervention) => Done.Add(intervention with { At = null });

        public int? NumberOf(string place) => null;
    }

    private sealed class Found(List<string> paths) : Nudge.Catalogue.IFindings
    {
        public void Error(string path, string message) => paths.Add(path);

        public void Warn(string path, string message) => paths.Add(path);

        public bool IsWritten(string path) => true;
    }
}
