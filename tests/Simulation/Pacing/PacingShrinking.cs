namespace Nudge.Simulation.Pacing;

/// <summary>Leaves out of a scenario that fails whatever it fails without.</summary>
internal static class PacingShrinking
{
    private const int Lines = 200;

    /// <summary>The smallest scenario that was found to fail.</summary>
    internal static PacingScenario Shrink(PacingScenario scenario, Func<PacingBug>? bug = null)
    {
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (PacingScenario without in Smaller(scenario))
            {
                if (SimulatedPacing.Of(without, bug?.Invoke()).Violations.Count == 0)
                    continue;
                scenario = without;
                smaller = true;
                break;
            }
        }

        return scenario;
    }

    /// <summary>The smallest scenario that fails, what does not hold, and the end of its history.</summary>
    internal static string Describe(PacingScenario scenario, Func<PacingBug>? bug = null)
    {
        PacingScenario small = Shrink(scenario, bug);
        PacingOutcome outcome = SimulatedPacing.Of(small, bug?.Invoke(), traced: true);
        return $"{small}\ndoes not hold: {string.Join("; ", outcome.Violations.Take(5))}\n{string.Join("\n", outcome.History.TakeLast(Lines))}";
    }

    private static IEnumerable<PacingScenario> Smaller(PacingScenario scenario)
    {
        foreach (PacingFault fault in scenario.Faults)
            yield return scenario with { Faults = [.. scenario.Faults.Where(other => !ReferenceEquals(other, fault))] };
        foreach (PacingChange change in scenario.Changes)
            yield return scenario with { Changes = [.. scenario.Changes.Where(other => !ReferenceEquals(other, change))] };
        if (scenario.Workers > 1)
            yield return scenario with { Workers = scenario.Workers - 1 };
    }
}
