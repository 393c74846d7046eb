using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>What a slice does when a message that others wait for may have been lost, and while it is not to step.</summary>
public sealed class SlicePacingTests : ISliceEffects
{
    private static readonly NetworkPlan Network = Compile(new());
    private readonly Recorder _sent = new();

    bool ISliceEffects.HasMessages => false;

    void ISliceEffects.StepAfterMessages()
    {
    }

    void ISliceEffects.StepAfterOthers()
    {
    }

    [Fact]
    public void A_slice_that_waits_repeats_that_it_rests()
    {
        SlicePacing pacing = Start(HostOf("in"));
        Assert.Single(Rests());
        for (int i = 0; i < 10; i++)
            pacing.OnKeepAlive();
        Assert.InRange(Rests().Count, 2, 6);
        Assert.All(Rests(), rest => Assert.True(rest.Resting));
    }

    [Fact]
    public void A_slice_that_is_restarted_reports_whether_it_rests()
    {
        SliceHost host = HostOf("in");
        Start(host);
        Assert.True(Assert.Single(Rests()).Resting);
        _sent.ToOthers.Clear();
        host.Receive(new ControlMessage(0, 0, new StimulusSignal(new(new(0, 1), 1, [1]), ActivityFrame.Of([1, 1, 1, 1]))));
        Start(host);
        Assert.False(Assert.Single(Rests()).Resting);
    }

    [Fact]
    public void A_slice_that_is_restarted_while_all_stands_still_stands_still()
    {
        SliceHost host = HostOf("in");
        Start(host).On(new Freeze(true));
        long steps = host.Slice.Steps;
        SlicePacing again = Start(host);
        Assert.Equal(steps, host.Slice.Steps);
        again.On(new Freeze(false));
        Assert.Equal(steps + 1, host.Slice.Steps);
    }

    [Fact]
    public void A_clock_that_stands_still_tells_its_time_at_keep_alives_and_makes_no_step()
    {
        SliceHost host = HostOf("hidden");
        SlicePacing pacing = Start(host);
        pacing.On([Silent("hidden")]);
        (long steps, int told) = (host.Slice.Steps, Times().Count);
        for (int i = 0; i < 10; i++)
            pacing.OnKeepAlive();
        Assert.Equal(steps, host.Slice.Steps);
        Assert.InRange(Times().Count - told, 2, 10);
        Assert.All(Times()[told..], time => Assert.False(time.Awake));
    }

    [Fact]
    public void A_clock_that_stands_still_waits_for_nobody_and_answers()
    {
        SliceHost host = HostOf("hidden");
        SlicePacing pacing = Start(host);
        LinkPlan link = Network.Links.First(one => one.Target == host.Slice.Plan && one.Source.Population.Name == "out");
        // It has come as far ahead of its neighbours as it may.
        for (int i = 1; host.Lag.MayStep && i < 100; i++)
            pacing.On(Activity(link, i, time: 0), elsewhere: false);
        Assert.False(host.Lag.MayStep);
        pacing.On([Silent("hidden")]);
        int told = Times().Count;
        pacing.On(Activity(link, 100, time: 0), elsewhere: false);
        Assert.Contains(Times()[told..], time => !time.Awake);
    }

    [Fact]
    public void What_a_source_sent_that_is_silent_or_unreachable_is_not_missed()
    {
        NetworkPlan network = Compile(new() { Loss = new IndependentLoss { Rate = 1 } });
        LinkPlan link = network.Links.First(one => one.Source.Population.Name == "in");
        var target = new SliceHost(network, link.Target, lag: 0);
        target.Receive(Activity(link, 1, time: 0));
        Assert.True(target.MissesNewest);
        target.BecomesUnreachable(link.Source.Index);
        Assert.False(target.MissesNewest);

        target.Receive(Activity(link, 2, time: 0));
        Assert.True(target.MissesNewest);
        target.Make([Silent("in")]);
        Assert.False(target.MissesNewest);
        target.Receive(Activity(link, 3, time: 0));
        Assert.False(target.MissesNewest);
        target.Make([Silent("in"), new(2, "heal", default, new RestorePopulation { Population = "in" })]);
        target.Receive(Activity(link, 4, time: 0));
        Assert.True(target.MissesNewest);
    }

    private static NetworkPlan Compile(ActivityLinkSettings links) =>
        NetworkCompiler.Compile(SmallNetwork.Settings(4, 8, 3) with { Links = new() { Activity = links } }, 100);

    private static SliceHost HostOf(string population) =>
        new(Network, Network.Slices.First(slice => slice.Population.Name == population), lag: 0);

    private static AppliedIntervention Silent(string population) =>
        new(1, "silence", default, new SilencePopulation { Population = population });

    private static ActivityMessage Activity(LinkPlan link, long sequence, double time) => new(
        new(
            link.Source.Index, 0, sequence, PhaseTag.Before(1), PhaseNumber.None, PhaseNumber.None,
            ActivityFrame.Of([.. Enumerable.Repeat(sequence / 200f, link.Source.Count)])),
        time,
        true);

    private List<RestReport> Rests() => [.. _sent.ToOthers.OfType<RestReport>()];

    private List<SliceTime> Times() => [.. _sent.ToOthers.OfType<SliceTime>()];

    private SlicePacing Start(SliceHost host)
    {
        var pacing = new SlicePacing(host, Network, new() { Lag = 0 }, this);
        pacing.On(_sent);
        return pacing;
    }

    private sealed class Recorder : ISliceNeighbours
    {
        internal List<object> ToOthers { get; } = [];

        public bool HasPaced => true;

        public object? NodeOf(int target) => null;

        public bool IsSame(int target, ISliceNeighbours before) => true;

        public void ToTarget(int target, object message) => ToOthers.Add(message);

        public void ToNode(IReadOnlyList<int> targets, object message) => ToOthers.Add(message);

        public void ToPaced(object message) => ToOthers.Add(message);

        public void ToSlices(IReadOnlyCollection<int> slices, object message) => ToOthers.Add(message);

        public void ToSlice(int slice, object message) => ToOthers.Add(message);

        public void ToCoordinator(object message) => ToOthers.Add(message);
    }
}
