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
        ["a source whose clock stands still was asked for what a link had lost"] = new(
            595, 1, [Of(HoldAndReset, 0.16, 912, 0.46), Of(HoldAndReset, 0.19, 881, 4.27)], [Of(8, 1.12, 975), Of(3, 3.15, 637)]),
        ["an unreachable source was waited for, since a link had lost what it sent last"] = new(
            717,
            2,
            [
                Of(Lose, 0.0663997, 631, 0.0443686), Of(Stall, 0.1812402, 430, 0.4832522), Of(ResetOften, 1.3659199, 541, 0.2461745),
                Of(Lose, 2.4221674, 781, 0.0819382),
            ],
            []),
        ["a clock that stands still never told who had taken it for unreachable that it was there"] = new(
            2418, 2, [Of(EndProcess, 2.39, 364, 0.26)], [Of(3, 0.03, 170), Of(3, 3.82, 30)]),
        ["a slice that was restarted did not stand still with the others"] = new(
            57, 0, [Of(Freeze, 0.14, 786, 0.09), Of(Restart, 0.27, 594, 0.04)], []),
        ["a slice that moved before the first phase was sent nothing"] = new(
            243,
            3,
            [
                Of(EndProcess, 0.1390561, 622, 2.955538), Of(EndProcess, 0.1842068, 929, 0.0525977), Of(EndProcess, 0.211563, 439, 0.2296497),
                Of(EndProcess, 0.2453904, 200, 1.7428119),
            ],
            []),
        ["what was under way from a slice that was gone had others wait for it again"] = new(
            729,
            2,
            [
                Of(ResetOneWay, 0.0145703, 377, 2.4648351), Of(Hold, 0.0306641, 791, 1.029407), Of(ResetOneWay, 0.1182033, 602, 2.5638488),
                Of(Lose, 0.2102719, 16, 0.3755913), Of(Lose, 0.7986686, 42, 0.3649239), Of(Hold, 1.3556066, 967, 3.5835125),
            ],
            []),
        ["the first phase began while all stood still"] = new(63, 1, [Of(Freeze, 0, 433, 0.32)], []),
        ["one keep-alive ended two phases"] = new(
            189, 0, [Of(Stall, 1.2311857, 435, 0.3940706), Of(Stall, 1.6378445, 480, 0.241414)], [Of(3, 0.2637819, 935)]),
        ["marks were repeated when the run was over"] = new(6, 0, [], []),
        ["what an earlier incarnation had sent came late and did not count"] = new(
            6414, 3, [Of(ResetOneWay, 0.1302615, 390, 1.9403235), Of(Lose, 0.243477, 472, 0.3273251), Of(ResetOneWay, 0.2914892, 457, 0.2650403)], []),
        ["interventions were sent at every keep-alive to a process that stood still"] = new(
            1886,
            1,
            [Of(HandOver, 0.9106078, 624, 0.4120026), Of(Stall, 1.2506079, 895, 2.7783843), Of(Stall, 3.7493414, 859, 4.767839)],
            [Of(3, 0.0428536, 193)]),
        ["slices that had started again went on by keep-alives only while one that they had never heard of stayed away"] = new(
            3653,
            3,
            [
                Of(EndProcess, 0.0318081, 82, 1.689214), Of(Reset, 0.0715895, 856, 1.4133485), Of(Reset, 0.2788709, 84, 0.0788839),
                Of(Reset, 0.4388266, 813, 0.1012463), Of(EndProcess, 2.0768176, 74, 0.3038705), Of(EndProcess, 3.0779743, 91, 0.0963205),
            ],
            [Of(3, 0, 593), Of(4, 3.679191, 7)]),
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
