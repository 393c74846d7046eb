using System.Diagnostics;
using System.Globalization;
using Nudge.Simulation.Faults;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>
/// Whole runs of the state machines of the cluster on simulated time, network, membership and store, with whatever goes wrong drawn
/// by seed. NUDGE_SEEDS sets how many, NUDGE_SEED runs one and prints its history.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Default = 300;

    /// <summary>Scenarios that once found a bug of the state machines, made small, with what it was.</summary>
    private static readonly Dictionary<string, Scenario> All = new()
    {
        ["an answer to a question for counters was lost, and never asked for again"] =
            new(18, 4, 1, true, [Of(FaultKind.Loss, 0.04, 16)]),
        ["a supervisor whose nodes were gone before it knew them waited for ever"] =
            new(55, 1, 1, true, [Of(FaultKind.ReplaceCoordinator, 43.25, 17.72)]),
        ["two coordinators and two stores: the number alone did not tell whose store it was"] =
            new(189, 1, 1, true, [Of(FaultKind.JoinWithOtherStore, 6.05), Of(FaultKind.SecondCoordinator, 28.43)]),
        ["of two requests for a number the one that came second was taken for a refusal"] = new(271, 2, 4, true,
        [
            Of(FaultKind.StopCoordinator, 1.92, 1.29), Of(FaultKind.Duplicates, 2.71, 16.86), Of(FaultKind.StopCoordinator, 4.82, 0.29),
            Of(FaultKind.ManagerFails, 4.83), Of(FaultKind.ReplaceCoordinator, 6.68, 0.98),
        ]),
        ["a run that had failed before it ordered anything did not end"] = new(568, 1, 1, true,
            [Of(FaultKind.JoinWithOtherStore, 0.82), Of(FaultKind.RemoveWrongly, 12.84), Of(FaultKind.SecondCoordinator, 20.5)]),
        ["a store that is not the run's came to higher numbers than the coordinator had had"] = new(964, 1, 1, true,
        [
            Of(FaultKind.ReplaceCoordinator, 1.67, 18.51), Of(FaultKind.JoinWithOtherStore, 2.47),
            Of(FaultKind.ReplaceCoordinator, 41.34, 14.71),
        ]),
        ["late orders made another manager, and no directory was sent of where its slices were"] = new(1913, 5, 5, true,
            [Of(FaultKind.SlowNetwork, 0.04, 45.77), Of(FaultKind.ManagerFails, 23.27, node: 4), Of(FaultKind.ManagerFails, 25.52, node: 4)]),
        ["late orders for a process that had ended were carried out by the one that was started in its place"] = new(1972, 5, 4, true,
            [Of(FaultKind.SlowNetwork, 0.3, 50), Of(FaultKind.Duplicates, 0.97, 7.63), Of(FaultKind.PoisonState, 11.51, node: 3)]),
    };

    public static TheoryData<string> Found => [.. All.Keys];

    /// <summary>
    /// The engine has the network stand still now and then, and lets it go on: also after a node has handed its slices over and before they have
    /// begun elsewhere.
    /// </summary>
    [Fact]
    public void No_slice_steps_while_another_one_is_between_two_nodes_whenever_its_node_leaves()
    {
        for (int leave = 0; leave < 40; leave++)
        {
            var scenario = new Scenario(
                leave, 3, 4, true, [Of(FaultKind.SlowStore, 1, 60), Of(FaultKind.LeaveNode, 4 + (leave * 0.25), 2, leave % 3)]);
            Assert.True(SimulatedRun.Of(scenario).Violations.Count == 0, Shrinking.Describe(scenario));
        }
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_once_stays_mended(string what)
    {
        Assert.True(SimulatedRun.Of(All[what]).Violations.Count == 0, $"{what}\n{Shrinking.Describe(All[what])}");
    }

    [Fact]
    public void Whatever_goes_wrong_the_promises_of_the_cluster_hold()
    {
        string? one = Environment.GetEnvironmentVariable("NUDGE_SEED");
        int count = int.Parse(Environment.GetEnvironmentVariable("NUDGE_SEEDS") ?? $"{Default}", CultureInfo.InvariantCulture);
        IEnumerable<int> seeds = one is null ? Enumerable.Range(1, count) : [int.Parse(one, CultureInfo.InvariantCulture)];
        long begun = Stopwatch.GetTimestamp();
        TimeSpan simulated = TimeSpan.Zero;
        long events = 0;
        var failed = new List<int>();
        string first = "";
        foreach (int seed in seeds)
        {
            Scenario scenario = Scenario.Of(seed);
            (IReadOnlyList<string> violations, _, TimeSpan took, long ran) = SimulatedRun.Of(scenario);
            simulated += took;
            events += ran;
            if (violations.Count == 0)
                continue;
            failed.Add(seed);
            output.WriteLine($"seed {seed}: {violations[0]}");
            if (first.Length == 0)
                first = Shrinking.Describe(scenario);
        }

        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{simulated.TotalSeconds:0} s of {events} events simulated in {seconds:0.0} s: {simulated.TotalSeconds / seconds:0} times as fast"));
        Assert.True(failed.Count == 0, $"seeds {string.Join(", ", failed.Take(20))}; the first of them:\n{first}");
    }

    private static Fault Of(FaultKind kind, double at, double length = 0, int node = 0) =>
        new(kind, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(length), node);
}
