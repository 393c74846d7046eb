namespace Nudge.Simulation.Faults;

/// <summary>Leaves out of a scenario that fails whatever it fails without.</summary>
internal static class Shrinking
{
    /// <summary>The smallest scenario that was found to fail.</summary>
    internal static Scenario Shrink(Scenario scenario, Func<PlantedBug>? bug = null)
    {
        bool Fails(Scenario one) => SimulatedRun.Of(one, bug?.Invoke()).Violations.Count > 0;
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (Fault fault in scenario.Faults)
            {
                Scenario without = scenario with { Faults = [.. scenario.Faults.Where(other => !ReferenceEquals(other, fault))] };
                if (!Fails(without))
                    continue;
                scenario = without;
                smaller = true;
                break;
            }

            foreach (Scenario fewer in new[] { scenario with { Slices = scenario.Slices - 1 }, scenario with { Nodes = scenario.Nodes - 1 } })
            {
                if (smaller || fewer.Slices < 1 || fewer.Nodes < 1 || !Fails(fewer))
                    continue;
                scenario = fewer;
                smaller = true;
            }
        }

        return scenario;
    }

    /// <summary>The smallest scenario that fails, what does not hold, and its history.</summary>
    internal static string Describe(Scenario scenario, Func<PlantedBug>? bug = null)
    {
        Scenario small = Shrink(scenario, bug);
        (IReadOnlyList<string> violations, IReadOnlyList<string> history, _, _) = SimulatedRun.Of(small, bug?.Invoke(), traced: true);
        return $"{small}\ndoes not hold: {string.Join("; ", violations.Take(5))}\n{string.Join("\n", history.Take(200))}";
    }
}
