using Nudge.Networks;
using Nudge.Signals;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>A run may be stopped between any two events, saved there, and goes on to the same bits.</summary>
public sealed class StopWithinPhaseTests
{
    private const long Presentations = 24;

    public static TheoryData<string> Models => [.. EveryModel.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_run_that_is_saved_within_a_phase_goes_on_to_the_same_bits(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with { Links = SmallNetwork.Faulty, Clocks = new() { Drift = 0.1 } };
        VectorExamples examples = EveryModel.Examples(model);
        Prepared whole = Prepare(settings, examples);
        using var all = new StopAfter(long.MaxValue);
        whole.Engine.Recorder = all;
        SmallNetwork.RunToEnd(whole.Engine);
        foreach (double share in new[] { 0.02, 0.31, 0.77, 0.93 })
        {
            Prepared parts = InTwoParts(settings, examples, (long)(share * all.Steps));
            Assert.Equal(whole.Engine.EventHash, parts.Engine.EventHash);
            Assert.Equal(whole.Weights, parts.Weights);
            Assert.Equal(whole.Schedule.Evaluations, parts.Schedule.Evaluations);
        }
    }

    [Fact]
    public void A_run_that_was_saved_at_its_end_is_over_when_it_is_restored()
    {
        VectorExamples examples = EveryModel.Examples("batch");
        Prepared ended = Prepare(EveryModel.Settings("batch"), examples);
        SmallNetwork.RunToEnd(ended.Engine);
        Prepared restored = Prepare(EveryModel.Settings("batch"), examples);
        Copy(ended.Engine, restored.Engine);
        Assert.False(restored.Engine.RunPhase());
        Assert.Equal(ended.Engine.EventHash, restored.Engine.EventHash);
        Assert.Equal(ended.Weights, restored.Weights);
    }

    private static Prepared InTwoParts(NetworkSettings settings, VectorExamples examples, long steps)
    {
        Prepared first = Prepare(settings, examples);
        using var stop = new StopAfter(steps);
        first.Engine.Recorder = stop;
        while (!stop.Token.IsCancellationRequested)
            Assert.True(first.Engine.RunPhase(stop.Token));
        // It stops at the step, and not at the end of its phase.
        Assert.Equal(steps, stop.Steps);
        Prepared second = Prepare(settings, examples);
        Copy(first.Engine, second.Engine);
        SmallNetwork.RunToEnd(second.Engine);
        return second;
    }

    private static void Copy(VirtualEngine from, VirtualEngine to)
    {
        using var state = new MemoryStream();
        StateRoot.Save(state, "engine", from);
        state.Position = 0;
        StateRoot.Restore(state, "engine", to);
    }

    private static Prepared Prepare(NetworkSettings settings, VectorExamples examples)
    {
        (VirtualEngine engine, TrainingSchedule schedule, NetworkPlan network) =
            SmallNetwork.Prepare(settings, Presentations, examples);
        return new(engine, schedule, network);
    }

    private sealed record Prepared(VirtualEngine Engine, TrainingSchedule Schedule, NetworkPlan Network)
    {
        public float[] Weights => SmallNetwork.Weights(Network, Engine.Slices);
    }

    private sealed class StopAfter(long steps) : IEventRecorder, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public long Steps { get; private set; }

        public CancellationToken Token => _stop.Token;

        public void Dispose() => _stop.Dispose();

        public void Activity(LinkPlan link, in ActivitySignal signal, double transit)
        {
        }

        public void Control(SlicePlan slice, ControlSignal signal)
        {
        }

        public void Step(SlicePlan slice, float elapsed)
        {
            if (++Steps == steps)
                _stop.Cancel();
        }
    }
}
