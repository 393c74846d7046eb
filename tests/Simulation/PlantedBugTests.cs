using System.Globalization;
using Nudge.Simulation.Faults;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>What the simulator is worth: how soon it finds bugs that are known to be there.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            (IReadOnlyList<string> violations, _, _, _) = SimulatedRun.Of(Scenario.Of(seed), PlantedBugs.All[name]());
            if (violations.Count == 0)
                continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found by seed {seed}: {violations[0]}"));
            return;
        }

        Assert.Fail($"{name}: none of {Seeds} seeds finds it");
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
