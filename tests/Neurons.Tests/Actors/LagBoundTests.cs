using CsCheck;
using Nudge.Actors;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>
/// How far slices run ahead of each other: the hidden slice of a small network receives from the input, which receives
/// nothing from it, and from the output, which does.
/// </summary>
public sealed class LagBoundTests
{
    private static readonly NetworkPlan Network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
    private static readonly double Step = Network.Settings.Time.Step;
    private static readonly int In = Slice("in").Index;
    private static readonly int Out = Slice("out").Index;

    [Fact]
    public void With_a_lag_of_one_step_it_steps_once_for_each_message_of_all_its_neighbours()
    {
        LagBound hidden = Bound("hidden", lag: 0);
        Assert.True(hidden.MayStep);
        hidden.Advance(Step);
        Assert.False(hidden.MayStep);
        hidden.Receive(In, Step, awake: true);
        Assert.False(hidden.MayStep);
        hidden.Receive(Out, Step, awake: true);
        Assert.True(hidden.MayStep);
        hidden.Advance(Step);
        Assert.False(hidden.MayStep);
    }

    [Fact]
    public void With_more_lag_it_runs_ahead_by_as_much_and_no_more()
    {
        LagBound hidden = Bound("hidden", lag: 8 * Step);
        Assert.Equal(0, hidden.Ahead);
        Assert.Equal(8, StepsWithoutAWord(hidden));
        Assert.Equal(8 * Step, hidden.Ahead);
        hidden.Receive(In, 3 * Step, awake: true);
        hidden.Receive(Out, 5 * Step, awake: true);
        Assert.Equal(5 * Step, hidden.Ahead);
        Assert.Equal(3, StepsWithoutAWord(hidden));
        // No neighbour is left to wait for.
        hidden.Receive(In, 3 * Step, awake: false);
        hidden.Receive(Out, 5 * Step, awake: false);
        Assert.Equal(0, hidden.Ahead);
    }

    [Fact]
    public void One_that_rests_or_is_unreachable_is_waited_for_by_none_until_it_sends_again()
    {
        LagBound hidden = Bound("hidden", lag: 0);
        hidden.Advance(Step);
        hidden.Receive(In, 0, awake: false);
        hidden.BecomesUnreachable(Out);
        hidden.BecomesUnreachable(Out);
        Assert.True(hidden.MayStep);
        hidden.Advance(50 * Step);
        Assert.True(hidden.MayStep);
        hidden.Receive(Out, 3 * Step, awake: true);
        Assert.False(hidden.MayStep);
        hidden.Receive(Out, 3 * Step, awake: false);
        Assert.True(hidden.MayStep);
    }

    [Fact]
    public void Without_a_reachable_source_there_is_nothing_to_step_for()
    {
        LagBound output = Bound("out", lag: 0);
        output.BecomesUnreachable(Slice("hidden").Index);
        Assert.False(output.MayStep);
        output.Receive(Slice("hidden").Index, 0, awake: false);
        Assert.True(output.MayStep);
    }

    [Fact]
    public void Whoever_has_rested_goes_on_at_the_newest_time_that_it_knows()
    {
        LagBound input = Bound("in", lag: 0);
        input.Receive(Slice("hidden").Index, 70 * Step, awake: true);
        Assert.False(input.Time > 0);
        input.CatchUp();
        Assert.Equal(70 * Step, input.Time);
        input.Advance(Step);
        Assert.False(input.MayStep);
    }

    [Fact]
    public void One_that_begins_later_takes_its_time_from_its_neighbours_and_is_waited_for_by_none_before()
    {
        LagBound hidden = Bound("hidden", lag: 0, fromStart: false);
        Assert.True(hidden.MayStep);
        Assert.False(hidden.IsKnown);
        hidden.Receive(Out, 40 * Step, awake: true);
        Assert.Equal((40 * Step, false), (hidden.Time, hidden.IsKnown));
        hidden.Receive(In, 41 * Step, awake: false);
        Assert.Equal((41 * Step, true), (hidden.Time, hidden.IsKnown));
    }

    [Fact]
    public void One_that_rests_holds_who_sends_to_it_until_it_has_answered_but_not_for_the_time_that_it_rested()
    {
        LagBound hidden = Bound("hidden", lag: 2 * Step);
        hidden.Receive(In, 0, awake: false);
        hidden.Receive(Out, 0, awake: false);
        hidden.Advance(50 * Step);
        hidden.HasSent();
        Assert.Equal(1, StepsWithoutAWord(hidden));
        // What it answered before it had received the last message, and then the answer to that.
        hidden.HasSent();
        hidden.Receive(Out, 49 * Step, awake: false);
        Assert.False(hidden.MayStep);
        hidden.Receive(Out, 51 * Step, awake: false);
        Assert.True(hidden.MayStep);
        hidden.Advance(50 * Step);
        Assert.True(hidden.MayStep);
    }

    /// <summary>
    /// Slices of a network with random connections, messages that take random times, and slices that fall asleep and wake:
    /// whatever happens, somebody may step, and an awake slice never runs further ahead than the lag of what it has received.
    /// </summary>
    [Fact]
    public void No_order_of_messages_and_rests_stops_everybody_and_the_bound_holds_throughout() =>
        Gen.Select(Gen.Int[1, 9], Gen.Bool, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 99]).Array[10, 400]).Sample(
            (lag, jitter, events) =>
            {
                var net = new Net(lag * Step, jitter);
                foreach ((int what, int which) in events)
                    net.Happen(what, which);
                net.DeliverAll();
                Assert.True(net.AllRest || net.SomebodyMayStep, $"lag {lag} steps: all that are awake wait for each other");
            });

    private static int StepsWithoutAWord(LagBound bound)
    {
        int steps = 0;
        for (; bound.MayStep; steps++)
            bound.Advance(Step);
        return steps;
    }

    private static SlicePlan Slice(string population) => Network.Slices.Single(slice => slice.Population.Name == population);

    private static LagBound Bound(string population, double lag, bool fromStart = true) =>
        new(Network, Slice(population), lag, fromStart);

    private sealed class Net
    {
        private static readonly NetworkPlan Sliced = NetworkCompiler.Compile(
            SmallNetwork.Settings(4, 6, 4) with { Granularity = new(GranularityKind.Slice, 2) }, 1);

        private readonly LagBound[] _bounds;
        private readonly bool[] _awake;
        private readonly Queue<(int From, double Time, bool Awake, bool Activity)>[,] _links;
        private readonly double[,] _received;
        private readonly bool[,] _holds;
        private readonly bool[,] _sends;
        private readonly double _lag;
        private readonly bool _jitter;
        private int _draws;

        internal Net(double lag, bool jitter)
        {
            (_lag, _jitter) = (lag, jitter);
            int count = Sliced.Slices.Count;
            _bounds = [.. Sliced.Slices.Select(slice => new LagBound(Sliced, slice, lag, fromStart: true))];
            _awake = [.. Enumerable.Repeat(true, count)];
            _links = new Queue<(int, double, bool, bool)>[count, count];
            _received = new double[count, count];
            _holds = new bool[count, count];
            _sends = new bool[count, count];
            foreach (LinkPlan link in Sliced.Links)
            {
                _sends[link.Source.Index, link.Target.Index] = true;
                // Activity one way, times the other.
                foreach ((int from, int to) in new[] { (link.Source.Index, link.Target.Index), (link.Target.Index, link.Source.Index) })
                {
                    _links[from, to] = new();
                    _holds[to, from] = true;
                }
            }
        }

        internal bool AllRest => !_awake.Contains(true);

        internal bool SomebodyMayStep => Enumerable.Range(0, _bounds.Length).Any(slice => _awake[slice] && _bounds[slice].MayStep);

        internal void Happen(int what, int which)
        {
            int slice = which % _bounds.Length;
            switch (what)
            {
                case 0 when _awake[slice]:
                    _awake[slice] = false;
                    Send(slice, activity: false);
                    break;
                case 1 when !_awake[slice]:
                    _bounds[slice].CatchUp();
                    _awake[slice] = true;
                    _bounds[slice].Advance(Step);
                    Send(slice, activity: true);
                    break;
                case 2 or 3 when _awake[slice] && _bounds[slice].MayStep:
                    // At most the interval that MayStep allowed for.
                    _bounds[slice].Advance(_jitter ? Step * (0.5 + (++_draws * 7 % 10 / 20.0)) : Step);
                    AssertBound(slice);
                    Send(slice, activity: true);
                    break;
                case 4 or 5:
                    Deliver(which % _bounds.Length, which / _bounds.Length % _bounds.Length);
                    break;
            }
        }

        internal void DeliverAll()
        {
            bool any;
            do
            {
                any = false;
                for (int from = 0; from < _bounds.Length; from++)
                {
                    for (int to = 0; to < _bounds.Length; to++)
                        any |= Deliver(from, to);
                }
            }
            while (any);
        }

        private void AssertBound(int slice)
        {
            for (int other = 0; other < _bounds.Length; other++)
            {
                // What was received is rounded down to a whole step.
                Assert.True(
                    !_holds[slice, other] || _bounds[slice].Time <= _received[slice, other] + _lag + Step,
                    $"{slice} at {_bounds[slice].Time} ran away from {other}, received at {_received[slice, other]}");
            }
        }

        private void Send(int slice, bool activity)
        {
            if (activity)
                _bounds[slice].HasSent();
            for (int to = 0; to < _bounds.Length; to++)
                _links[slice, to]?.Enqueue((slice, _bounds[slice].Time, _awake[slice], activity && _sends[slice, to]));
        }

        private bool Deliver(int from, int to)
        {
            if (_links[from, to] is not { Count: > 0 } link)
                return false;
            (int sender, double time, bool awake, bool activity) = link.Dequeue();
            _bounds[to].Receive(sender, time, awake);
            (_received[to, sender], _holds[to, sender]) = (time, awake);
            if (!activity || !awake || _awake[to])
                return true;
            // It goes on resting, and answers.
            _bounds[to].CatchUp();
            _links[to, from]!.Enqueue((to, _bounds[to].Time, false, false));
            return true;
        }
    }
}
