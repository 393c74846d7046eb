using System.Globalization;
using Nudge.Simulation.Pacing;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>What the simulator of pacing is worth: how soon it finds bugs that are known to be there.</summary>
public sealed class PlantedPacingBugTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    public static TheoryData<string> Names => [.. PlantedPacingBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            IReadOnlyList<string> violations = SimulatedPacing.Of(PacingScenario.Of(seed), PlantedPacingBugs.All[name]()).Violations;
            if (violations.Count == 0)
                continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found by seed {seed}: {violations[0]}"));
            return;
        }

        Assert.Fail($"{name}: none of {Seeds} seeds finds it");
    }

    [Fact]
    public void One_seed_makes_one_run()
    {
        foreach (int seed in new[] { 3, 55, 271 })
        {
            IReadOnlyList<string> once = SimulatedPacing.Of(PacingScenario.Of(seed), traced: true).History;
            Assert.Equal(once, SimulatedPacing.Of(PacingScenario.Of(seed), traced: true).History);
            Assert.NotEmpty(once);
        }
    }
}
