using System.Diagnostics;
using System.Globalization;
using Nudge.Simulation.Pacing;
using Xunit.Abstractions;
using static Nudge.Simulation.Pacing.PacingFaultKind;

namespace Nudge.Simulation;

/// <summary>
/// Runs of the state machines by which coordinator and slices pace each other, on simulated time, connections and processes, with whatever
/// goes wrong drawn by seed. NUDGE_SEEDS sets how many, NUDGE_SEED runs one and prints its history.
/// </summary>
public sealed class PacingSimulationTests(ITestOutputHelper output)
{
    private const int Default = 300;

    /// <summary>Scenarios that once found a bug of the state machines, made small, with what it was.</summary>
    private static readonly Dictionary<string, PacingScenario> All = new()
    {
        ["a report of rest was lost with a connection and never sent again"] = new(
            42, 1, [Of(EndProcess, 0.06, 883, 0.38), Of(EndProcess, 1.72, 979, 0.33), Of(HoldAndReset, 1.74, 268, 3.62)], []),
        ["a source whose clock stands still was asked for what a link had lost"] = new(
            595, 1, [Of(HoldAndReset, 0.16, 912, 0.46), Of(HoldAndReset, 0.19, 881, 4.27)], [Of(8, 1.12, 975), Of(3, 3.15, 637)]),
        ["an unreachable source was waited for, since a link had lost what it sent last"] = new(
            717, 2, [Of(Lose, 0.07, 631, 0.04), Of(Stall, 0.18, 430, 0.48), Of(ResetOften, 1.37, 541, 0.25), Of(Lose, 2.42, 781, 0.08)], []),
        ["a clock that stands still never told who had taken it for unreachable that it was there"] = new(
            2418, 2, [Of(EndProcess, 2.39, 364, 0.26)], [Of(3, 0.03, 170), Of(3, 3.82, 30)]),
        ["a slice that was restarted did not stand still with the others"] = new(
            57, 0, [Of(Freeze, 0.14, 786, 0.09), Of(Restart, 0.27, 594, 0.04)], []),
        ["a slice that moved before the first phase was sent nothing"] = new(
            243,
            3,
            [Of(EndProcess, 0.14, 622, 2.96), Of(EndProcess, 0.18, 929, 0.05), Of(EndProcess, 0.21, 439, 0.23), Of(EndProcess, 0.25, 200, 1.74)],
            []),
        ["the first phase began while all stood still"] = new(63, 1, [Of(Freeze, 0, 433, 0.32)], []),
        ["one keep-alive ended two phases"] = new(
            189, 0, [Of(Stall, 1.23, 435, 0.39), Of(Stall, 1.64, 480, 0.24)], [Of(3, 0.26, 935)]),
        ["marks were repeated when the run was over"] = new(6, 0, [], []),
        ["what an earlier incarnation had sent came late and did not count"] = new(
            6414, 3, [Of(ResetOneWay, 0.13, 390, 1.94), Of(Lose, 0.24, 472, 0.33), Of(ResetOneWay, 0.29, 457, 0.27)], []),
        ["interventions were sent at every keep-alive to a process that stood still"] = new(
            1886, 1, [Of(HandOver, 0.91, 624, 0.41), Of(Stall, 1.25, 895, 2.78), Of(Stall, 3.75, 859, 4.77)], [Of(3, 0.04, 193)]),
        ["slices that had started again went on by keep-alives only while one that they had never heard of stayed away"] = new(
            3653,
            3,
            [
                Of(EndProcess, 0.03, 82, 1.69), Of(Reset, 0.07, 856, 1.41), Of(Reset, 0.28, 84, 0.08), Of(Reset, 0.44, 813, 0.1),
                Of(EndProcess, 2.08, 74, 0.3), Of(EndProcess, 3.08, 91, 0.1),
            ],
            [Of(3, 0, 593), Of(4, 3.68, 7)]),
    };

    public static TheoryData<string> Found => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_once_stays_mended(string what) =>
        Assert.True(SimulatedPacing.Of(All[what]).Violations.Count == 0, $"{what}\n{PacingShrinking.Describe(All[what])}");

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

    private static PacingFault Of(PacingFaultKind kind, double at, int about, double length) =>
        new(kind, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(length), about);

    private static PacingChange Of(int kind, double at, int about) => new(kind, TimeSpan.FromSeconds(at), about);
}
