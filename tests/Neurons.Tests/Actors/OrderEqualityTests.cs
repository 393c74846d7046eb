using Akka.Actor;
using Akka.TestKit.Xunit2;
using Nudge.Actors;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>What is proven in virtual time holds in the actors: one order of events gives one set of bits in both.</summary>
public sealed class OrderEqualityTests : TestKit
{
    [Theory]
    [InlineData("differential-isd", 1)]
    [InlineData("isd", 3)]
    public async Task Fed_the_same_order_of_events_an_actor_ends_in_the_same_bits(string rule, int lanes)
    {
        NetworkSettings settings = SmallNetwork.Settings(5, 18, 3).WithRule(rule) with
        {
            Links = SmallNetwork.Faulty,
            Clocks = new() { Jitter = 0.3 },
            Granularity = new(GranularityKind.Slice, 10),
            Lanes = lanes,
        };
        await AssertSameBits(settings, 20 * lanes, VectorExamples.Spread(7, 5, 3));
    }

    public static TheoryData<string> Models => [.. EveryModel.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task So_it_is_for_every_model(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with
        {
            Links = SmallNetwork.Faulty,
            Clocks = new() { Jitter = 0.3 },
        };
        bool divides = model.StartsWith("rbm", StringComparison.Ordinal);
        await AssertSameBits(
            divides ? settings with { Granularity = new(GranularityKind.Slice, 10) } : settings,
            30 * settings.Lanes,
            EveryModel.Examples(model));
    }

    private async Task AssertSameBits(NetworkSettings settings, long presentations, VectorExamples examples)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, examples);
        IActorRef[] actors =
        [
            .. network.Slices.Select(slice =>
                Sys.ActorOf(Props.Create(() => new SliceActor(new SliceHost(network, slice, 0), network, new())))),
        ];
        var player = new Player(actors);
        engine.Recorder = player;
        SmallNetwork.RunToEnd(engine);

        Assert.True(player.Steps > 500, $"{player.Steps} steps");
        foreach (PopulationSlice slice in engine.Slices)
        {
            byte[] ofActor = await actors[slice.Plan.Index].Ask<byte[]>(new AskState(), TimeSpan.FromSeconds(20));
            // Scripted actors send once a step, as virtual time does, so sequence numbers agree as well.
            Assert.Equal(StateBytes.Of(PopulationSlice.StateSubject, slice), ofActor);
        }
    }

    private sealed class Player(IActorRef[] actors) : IEventRecorder
    {
        public long Steps { get; private set; }

        public void Activity(LinkPlan link, in ActivitySignal signal, double transit)
        {
            ActivitySignal copy = signal with { Frame = ActivityFrame.Of([.. signal.Frame.Values]) };
            actors[link.Target.Index].Tell(new ScriptedActivity(link.AfferentSlot, link.SourceSlot, copy, transit));
        }

        public void Control(SlicePlan slice, ControlSignal signal) => actors[slice.Index].Tell(signal);

        public void Step(SlicePlan slice, float elapsed)
        {
            Steps++;
            actors[slice.Index].Tell(new ScriptedStep(elapsed), ActorRefs.Nobody);
        }
    }
}
