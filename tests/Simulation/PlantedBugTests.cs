using System.Globalization;
using Nudge.Simulation.Faults;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>What the simulator is worth: how soon it finds bugs that are known to be there.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    /// <summary>
    /// The first seeds that find bugs that few find. They are tried first, which saves hundreds of runs; where scenarios are drawn in
    /// another way, all seeds are tried. With NUDGE_SEEDS, as in .ci/long, the search begins with the first seed and so tells how
    /// long it takes.
    /// </summary>
    private static readonly Dictionary<string, int> KnownToFind = new()
    {
        ["older orders replace newer ones"] = 993,
        ["unreachable nodes stay so"] = 820,
        ["a slice that starts is not told that all stands still"] = 641,
        ["closed counters are sent once"] = 419,
        ["slices without a coordinator never end"] = 347,
        ["files of later snapshots are pruned"] = 223,
        ["an older report counts"] = 140,
        ["an older directory replaces a newer one"] = 80,
        ["orders are sent once"] = 59,
        ["reports are sent on change only"] = 59,
        ["a node without a store is given slices"] = 57,
        ["a coordinator that was removed goes on"] = 55,
    };

    public static TheoryData<string> Names => [.. PlantedBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        foreach (int seed in SeedsFor(name))
        {
            (IReadOnlyList<string> violations, _, _, _) = SimulatedRun.Of(Scenario.Of(seed), PlantedBugs.All[name]());
            if (violations.Count == 0)
                continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found by seed {seed}: {violations[0]}"));
            return;
        }

        Assert.Fail($"{name}: none of {Seeds} seeds finds it");
    }

    private static IEnumerable<int> SeedsFor(string name)
    {
        IEnumerable<int> all = Enumerable.Range(1, Seeds);
        return Environment.GetEnvironmentVariable("NUDGE_SEEDS") is null && KnownToFind.TryGetValue(name, out int known) ? all.Prepend(known) : all;
    }

    [Fact]
    public void A_history_that_fails_is_made_small()
    {
        Scenario scenario = Enumerable.Range(1, Seeds).Select(Scenario.Of).First(one =>
            one.Faults.Count > 4 && SimulatedRun.Of(one, PlantedBugs.All["the journal has no fence"]()).Violations.Count > 0);
        Scenario small = Shrinking.Shrink(scenario, PlantedBugs.All["the journal has no fence"]);
        Assert.True(small.Faults.Count < scenario.Faults.Count, $"{scenario}\n{small}");
        Assert.NotEmpty(SimulatedRun.Of(small, PlantedBugs.All["the journal has no fence"]()).Violations);
    }

    [Fact]
    public void One_seed_makes_one_run()
    {
        foreach (int seed in new[] { 3, 55, 271 })
        {
            IReadOnlyList<string> once = SimulatedRun.Of(Scenario.Of(seed), traced: true).History;
            Assert.Equal(once, SimulatedRun.Of(Scenario.Of(seed), traced: true).History);
            Assert.NotEmpty(once);
        }
    }
}
