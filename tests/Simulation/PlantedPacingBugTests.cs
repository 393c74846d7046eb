using System.Globalization;
using Nudge.Simulation.Pacing;
using Xunit.Abstractions;

namespace Nudge.Simulation;

/// <summary>What the simulator of pacing is worth: how soon it finds bugs that are known to be there.</summary>
public sealed class PlantedPacingBugTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    /// <summary>
    /// The first seeds that find bugs that few find, tried first, as in <see cref="PlantedBugTests"/>. With NUDGE_SEEDS the search begins with the
    /// first seed and so tells how long it takes.
    /// </summary>
    private static readonly Dictionary<string, int> KnownToFind = new()
    {
        ["a slice that goes on again does not report it"] = 408,
        ["a slice that moves before the first phase is forgotten"] = 243,
        ["reports of rest are sent once"] = 157,
        ["the coordinator waits for unreachable slices"] = 145,
        ["a report of rest ends any phase"] = 69,
        ["unreachable slices are not told of"] = 65,
        ["a slice that is restarted goes on while all stands still"] = 57,
        ["a slice that moved is not sent the interventions again"] = 54,
        ["interventions are sent once"] = 41,
    };

    public static TheoryData<string> Names => [.. PlantedPacingBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        foreach (int seed in SeedsFor(name))
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
    public void A_history_that_fails_is_made_small()
    {
        Func<PacingBug> bug = PlantedPacingBugs.All["marks are sent once"];
        PacingScenario scenario = Enumerable.Range(1, Seeds).Select(PacingScenario.Of).First(one =>
            one.Faults.Count > 4 && SimulatedPacing.Of(one, bug()).Violations.Count > 0);
        PacingScenario small = PacingShrinking.Shrink(scenario, bug);
        Assert.True(small.Faults.Count < scenario.Faults.Count, $"{scenario}\n{small}");
        Assert.NotEmpty(SimulatedPacing.Of(small, bug()).Violations);
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

    private static IEnumerable<int> SeedsFor(string name)
    {
        IEnumerable<int> all = Enumerable.Range(1, Seeds);
        return Environment.GetEnvironmentVariable("NUDGE_SEEDS") is null && KnownToFind.TryGetValue(name, out int known) ? all.Prepend(known) : all;
    }
}
