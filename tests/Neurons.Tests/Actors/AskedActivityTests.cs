using Akka.Actor;
using Akka.TestKit.TestActors;
using Akka.TestKit.Xunit2;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>
/// How many messages slices send beyond those of their steps. Links join every slice of one population with every slice of
/// another, so what each target could have repeated for itself alone must not be repeated for all of them each time.
/// </summary>
public sealed class AskedActivityTests : TestKit
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_slice_that_waits_does_not_send_the_more_the_longer_it_waits()
    {
        NetworkPlan network = Neurons(hidden: 4, new());
        IActorRef hidden = await StartAsync(network, "hidden");
        await HearAsync(hidden, KeepAlive.Instance, times: 1000);
        long early = await SentAsync(hidden);
        await HearAsync(hidden, KeepAlive.Instance, times: 10 * RepeatPause.Longest);
        Assert.InRange(await SentAsync(hidden) - early, 1, 10);
        Assert.InRange(early, 1, 10 + (1000 / RepeatPause.Longest));
    }

    [Fact]
    public async Task A_slice_answers_once_however_many_targets_lost_the_same_message()
    {
        NetworkPlan network = Neurons(hidden: 4, new());
        IActorRef input = await StartAsync(network, "in");
        long sent = await SentAsync(input);
        await HearAsync(input, new AskActivity(0, sent), times: 100);
        Assert.Equal(sent + 1, await SentAsync(input));
        await HearAsync(input, new AskActivity(0, sent + 1), times: 100);
        Assert.Equal(sent + 2, await SentAsync(input));
        await HearAsync(input, AskActivity.Always, times: 2);
        Assert.Equal(sent + 4, await SentAsync(input));
    }

    [Fact]
    public async Task A_slice_that_was_asked_while_frozen_answers_afterwards()
    {
        NetworkPlan network = Neurons(hidden: 4, new());
        IActorRef input = await StartAsync(network, "in");
        long sent = await SentAsync(input);
        await input.Ask<Freeze>(new Freeze(true), AnswerTimeout);
        await HearAsync(input, new AskActivity(0, sent), times: 3);
        Assert.Equal(sent, await SentAsync(input));
        await input.Ask<Freeze>(new Freeze(false), AnswerTimeout);
        Assert.Equal(sent + 1, await SentAsync(input));
    }

    [Fact]
    public void What_repeats_a_message_that_came_is_missed_by_none_where_it_is_lost()
    {
        NetworkPlan network = Neurons(hidden: 4, new() { Loss = new IndependentLoss { Rate = 0.5 } });
        LinkPlan link = network.Links[0];
        var target = new SliceHost(network, link.Target, lag: 0);
        bool passed = false;
        for (long sequence = 1; sequence <= 100; sequence++)
        {
            // Ten messages of one state after ten of another.
            long repeats = (sequence - 1) % 10;
            long lost = Lost(target, link);
            target.Receive(Activity(link, sequence) with { Repeats = repeats });
            passed = Lost(target, link) == lost || (passed && repeats > 0);
            Assert.Equal(!passed, target.MissesNewest);
        }
    }

    [Fact]
    public void What_a_slice_sends_again_says_that_it_repeats_and_what_has_changed_does_not()
    {
        NetworkPlan network = Neurons(hidden: 4, new());
        var input = new SliceHost(network, network.Slices[0], lag: 0);
        input.Step(_ => { });
        Assert.Equal([0L, 1L, 2L], Enumerable.Range(0, 3).Select(_ => input.Send(awake: false).Repeats));
        input.Receive(new ControlMessage(0, 0, new StimulusSignal(new(new(0, 1), 1, [1]), ActivityFrame.Of([1, 1, 1, 1]))));
        input.Step(_ => { });
        Assert.Equal([0L, 1L], Enumerable.Range(0, 2).Select(_ => input.Send(awake: false).Repeats));
        input.Step(_ => { });
        Assert.Equal(2, input.Send(awake: false).Repeats);
    }

    [Fact]
    public void A_target_asks_once_for_each_message_that_a_link_lost()
    {
        NetworkPlan network = Neurons(hidden: 4, new() { Loss = new IndependentLoss { Rate = 1 } });
        LinkPlan link = network.Links[0];
        var target = new SliceHost(network, link.Target, lag: 0);
        target.Receive(Activity(link, 1));
        target.Receive(Activity(link, 2));
        Assert.Equal([(link.Source.Index, new AskActivity(0, 2))], Asks(target));
        Assert.Empty(Asks(target));
        target.Receive(Activity(link, 3));
        Assert.Equal([(link.Source.Index, new AskActivity(0, 3))], Asks(target));

        List<AskActivity> again = [];
        target.AskAgain(link.Source.Index, (_, ask) => again.Add(ask));
        target.AskAgain(link.Target.Index, (_, ask) => again.Add(ask));
        Assert.Equal([new AskActivity(0, 3)], again);
    }

    [Fact]
    public async Task In_a_run_with_loss_no_slice_sends_much_more_often_than_its_neighbours_step()
    {
        NetworkPlan network = Neurons(hidden: 64, new() { Loss = new IndependentLoss { Rate = 0.2 } });
        var examples = VectorExamples.Spread(9, 4, 3);
        var schedule = new TrainingSchedule(network, new RunPlan(10, 0, 100), examples, examples);
        await using var engine = new ActorEngine(network, schedule, new() { KeepAliveMilliseconds = 1e6 });
        await engine.StartAsync();
        await engine.Over.WaitAsync(AnswerTimeout);
        await engine.FreezeAsync();
        IReadOnlyList<SliceCounters> counters = await engine.CountersAsync();
        long steps = counters.Max(slice => slice.Steps);
        // With one repeat for each of 64 targets it would be more by far, and with repeats until all have the same one, without end.
        Assert.All(counters, slice => Assert.InRange(slice.Sent, 1, 2 * steps));
    }

    private static NetworkPlan Neurons(int hidden, ActivityLinkSettings links) => NetworkCompiler.Compile(
        SmallNetwork.Settings(4, hidden, 3) with
        {
            Granularity = new(GranularityKind.Neuron),
            Links = new() { Activity = links },
        },
        100);

    private static ActivityMessage Activity(LinkPlan link, long sequence) => new(
        new(
            link.Source.Index, 0, sequence, PhaseTag.Before(1), PhaseNumber.None, PhaseNumber.None,
            ActivityFrame.Of(new float[link.Source.Count])),
        0,
        true);

    private static long Lost(SliceHost target, LinkPlan link) =>
        target.Counters().Received.Single(report => report.Link == link.Index).Fates.Lost;

    private static List<(int, AskActivity)> Asks(SliceHost target)
    {
        List<(int, AskActivity)> asks = [];
        target.AskForMissed((source, ask) => asks.Add((source, ask)));
        return asks;
    }

    private static async Task HearAsync(IActorRef slice, object message, int times)
    {
        for (int i = 0; i < times; i++)
            slice.Tell(message);
        await SentAsync(slice);
    }

    // Answered after all that was sent before.
    private static async Task<long> SentAsync(IActorRef slice) =>
        (await slice.Ask<SliceCounters>(new AskCounters(), AnswerTimeout)).Sent;

    // The first step comes after the first question of its counters.
    private async Task<IActorRef> StartAsync(NetworkPlan network, string population)
    {
        SlicePlan plan = network.Slices.First(slice => slice.Population.Name == population);
        IActorRef slice = Sys.ActorOf(Props.Create(() => new SliceActor(new SliceHost(network, plan, 0), network, new())));
        IActorRef[] others = [.. network.Slices.Select(_ => Sys.ActorOf(BlackHoleActor.Props))];
        slice.Tell(Neighbours.Of(network, plan, others, others[0]));
        await SentAsync(slice);
        return slice;
    }
}
