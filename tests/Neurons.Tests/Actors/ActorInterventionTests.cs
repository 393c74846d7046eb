using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Interventions on actors: the same words as in virtual time, sent to slices until they have made them.</summary>
public sealed class ActorInterventionTests
{
    private const int Presentations = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly NetworkSettings Settings = SmallNetwork.Settings(9, 12, 4) with
    {
        Links = SmallNetwork.Faulty,
        Clocks = new() { Jitter = 0.2 },
    };

    [Fact]
    public async Task A_cut_link_carries_nothing_until_it_is_restored_and_the_ledger_closes()
    {
        Ended run = await RunAsync(
            ("cut", new CutLinks { Links = "hidden-out.backward", At = new() { Presentation = 50 } }),
            ("back", new RestoreLinks { At = new() { Presentation = 100 } }));
        LedgerEntry cut = run.Ledger.Single(row => row.Link == "hidden-out.backward");
        Assert.InRange((double)cut.Cut / cut.Sent, 0.1, 0.5);
        Assert.True(cut.Delivered > cut.Sent / 4);
        Assert.All(run.Ledger.Where(row => row.Link != "hidden-out.backward"), row => Assert.Equal(0, row.Cut));
        Assert.All(run.Ledger, row => Assert.Equal(0, row.Unaccounted));
    }

    [Fact]
    public async Task Phases_go_on_while_the_output_stands_still_and_it_steps_again_afterwards()
    {
        Ended run = await RunAsync(
            ("silent", new SilencePopulation { Population = "out", At = new() { Presentation = 50 } }),
            ("again", new RestorePopulation { Population = "out", At = new() { Presentation = 60 } }));
        Assert.Equal(2, run.Pending.Applied.Count);
        Assert.InRange(run.Pending.Applied[1].Moment.Presentations, 60, 61);
        SliceCounters output = run.Counters[^1];
        SliceCounters hidden = run.Counters[1];
        Assert.True(output.Steps > 1000);
        // Either may be ahead by the lag, and each is read at a moment of its own.
        Assert.InRange(output.LocalTau, 0, 1.05 * hidden.LocalTau);
    }

    [Fact]
    public async Task Slow_clocks_make_fewer_steps_in_the_same_time_of_their_neighbours()
    {
        Ended plain = await RunAsync();
        Ended slow = await RunAsync(("slow", new SlowPopulation { Population = "hidden", Factor = 4, At = new() { Presentation = 0 } }));
        double ratio = Ratio(slow) / Ratio(plain);
        Assert.InRange(ratio, 0.15, 0.5);

        static double Ratio(Ended run) => (double)run.Counters[1].Steps / run.Counters[2].Steps;
    }

    [Fact]
    public async Task Weights_are_turned_once_though_the_order_is_repeated()
    {
        NetworkSettings still = Settings with
        {
            Projections = [.. Settings.Projections.Select(one => KeyValuePair.Create(one.Key, one.Value with { Rate = 0 }))],
        };
        Ended plain = await RunAsync(still);
        Ended turned = await RunAsync(
            still,
            ("flip", new FlipWeights { Projection = "hidden-out", Share = 0.3, At = new() { Presentation = 5 } }),
            ("more", new ChangeLinks { Duplicate = 0.1, At = new() { Presentation = 20 } }));
        float[] before = SmallNetwork.Weights(plain.Network, plain.Slices);
        float[] after = SmallNetwork.Weights(turned.Network, turned.Slices);
        int different = before.Zip(after).Count(pair => pair.First != pair.Second);
        Assert.InRange(different, 14, 44);
        Assert.All(before.Zip(after), pair => Assert.Equal(Math.Abs(pair.First), Math.Abs(pair.Second)));
    }

    [Fact]
    public async Task Observers_see_every_slice_while_the_actors_run()
    {
        NetworkPlan network = NetworkCompiler.Compile(Settings, 1_000_000);
        await using var engine = new ActorEngine(network, ScheduleOf(network, 1_000_000), new());
        await engine.StartAsync();
        await engine.WhenShownAsync(20).WaitAsync(Limit);
        using var limit = new CancellationTokenSource(Limit);
        while (engine.Views.Count < network.Slices.Count || engine.Views.Any(view => view.Visits.Count < 5))
        {
            engine.AskViews();
            await Task.Delay(10, limit.Token);
        }

        Assert.Equal([0, 1, 2], engine.Views.Select(view => view.Slice));
        Assert.Equal([9, 12, 4], engine.Views.Select(view => view.Activity.Count));
        Assert.True(engine.Visits.Count > 5);
        Assert.All(engine.Views, view => Assert.Equal(view.Visits.OrderBy(visit => visit.From), view.Visits));
    }

    private static Task<Ended> RunAsync(params (string Name, InterventionSettings Settings)[] interventions) =>
        RunAsync(Settings, interventions);

    private static async Task<Ended> RunAsync(
        NetworkSettings settings, params (string Name, InterventionSettings Settings)[] interventions)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, Presentations);
        var pending = new PendingInterventions(network, interventions.ToDictionary(one => one.Name, one => one.Settings));
        await using var engine = new ActorEngine(network, ScheduleOf(network, Presentations), new()) { Interventions = pending };
        await engine.StartAsync();
        await engine.Over.WaitAsync(Limit);
        await engine.FreezeAsync();
        return new(
            network, pending, await engine.LedgerAsync(), await engine.CountersAsync(), await engine.CopySlicesAsync());
    }

    private static TrainingSchedule ScheduleOf(NetworkPlan network, long presentations)
    {
        VectorExamples examples = VectorExamples.Spread(12, 9, 4);
        return new(network, new RunPlan(presentations, 0, 100), examples, examples);
    }

    private sealed record Ended(
        NetworkPlan Network,
        PendingInterventions Pending,
        IReadOnlyList<LedgerEntry> Ledger,
        IReadOnlyList<SliceCounters> Counters,
        IReadOnlyList<PopulationSlice> Slices);
}
