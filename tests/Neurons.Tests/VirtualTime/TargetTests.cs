using CsCheck;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>Runs that end when an evaluation is good enough.</summary>
public sealed class TargetTests
{
    private const int Most = 60;

    /// <summary>
    /// A run with a target is the beginning of the same run without: it ends after the first evaluation that reaches it, and
    /// then takes all held-out examples.
    /// </summary>
    [Fact]
    public void It_ends_after_the_first_evaluation_that_reaches_the_target()
    {
        int early = 0;
        Gen.Select(Gen.Double[0.2, 1], Gen.Int[3, 25], Gen.Int[1, 10], Gen.UInt).Sample((least, every, examples, seed) =>
        {
            IReadOnlyList<Evaluation> free = Run(null, every, examples, seed);
            IReadOnlyList<Evaluation> aimed = Run(least, every, examples, seed);
            int first = free.TakeWhile(one => one.Accuracy < least).Count();
            if (first >= free.Count - 1)
            {
                Assert.Equal(free, aimed);
                return;
            }

            Assert.Equal(free.Take(first + 1), aimed.Take(first + 1));
            Assert.Equal(free[first].Presentations, aimed[^1].Presentations);
            Assert.Equal(10, aimed[^1].Examples);
            Assert.Equal(first + (examples == 10 ? 1 : 2), aimed.Count);
            Interlocked.Increment(ref early);
        }, iter: 200);
        Assert.True(early >= 10, $"{early} of 200 runs reached their target before the end");
    }

    private static IReadOnlyList<Evaluation> Run(double? least, int every, int examples, ulong seed)
    {
        var plan = new RunPlan(Most, every, examples, null, least);
        VectorExamples data = VectorExamples.Spread(10, 9, 3);
        NetworkPlan network = NetworkCompiler.Compile(
            SmallNetwork.Settings(9, 12, 3, rate: 0.3) with { Seed = seed, Links = SmallNetwork.Faulty }, Most);
        var schedule = new TrainingSchedule(network, plan, data, data);
        SmallNetwork.RunToEnd(new VirtualEngine(network, schedule));
        return schedule.Evaluations;
    }
}
