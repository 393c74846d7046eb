using System.Diagnostics;
using System.Globalization;
using Nudge.Simulation.Pacing;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>
/// Runs of the state machines by which coordinator and slices pace each other, on simulated time, connections and processes, with whatever
/// goes wrong drawn by seed. NUDGE_SEEDS sets how many, NUDGE_SEED runs one and prints its history.
/// </summary>
public sealed class PacingSimulationTests(ITestOutputHelper output)
{
    private const int Default = 300;

    [Fact]
    public void Whatever_goes_wrong_the_phases_go_on()
    {
        string? one = Environment.GetEnvironmentVariable("NUDGE_SEED");
        int count = int.Parse(Environment.GetEnvironmentVariable("NUDGE_SEEDS") ?? $"{Default}", CultureInfo.InvariantCulture);
        IEnumerable<int> seeds = one is null ? Enumerable.Range(1, count) : [int.Parse(one, CultureInfo.InvariantCulture)];
        long begun = Stopwatch.GetTimestamp();
        TimeSpan simulated = TimeSpan.Zero;
        TimeSpan longest = TimeSpan.Zero;
        long events = 0;
        int slowest = 0;
        var failed = new List<int>();
        string first = "";
        foreach (int seed in seeds)
        {
            PacingOutcome outcome = SimulatedPacing.Of(PacingScenario.Of(seed), traced: one is not null);
            simulated += outcome.Simulated;
            events += outcome.Events;
            if (outcome.LongestPhase > longest)
                (longest, slowest) = (outcome.LongestPhase, seed);
            if (one is not null)
                output.WriteLine($"{PacingScenario.Of(seed)}\n{string.Join("\n", outcome.History)}");
            if (outcome.Violations.Count == 0)
                continue;
            failed.Add(seed);
            if (first.Length == 0)
                first = PacingShrinking.Describe(PacingScenario.Of(seed));
            output.WriteLine($"seed {seed}: {outcome.Violations[0]}");
        }

        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{simulated.TotalSeconds:0} s of {events} events simulated in {seconds:0.0} s; after the faults the longest phase took {longest.TotalSeconds:0.0} s (seed {slowest})"));
        Assert.True(failed.Count == 0, $"{failed.Count} seeds: {string.Join(", ", failed.Take(20))}; the first of them:\n{first}");
    }
}
