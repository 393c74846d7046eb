using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Running;

/// <summary>Sums what slices learned to what their populations learned; an input that only holds its stimulus is left out.</summary>
internal static class LearnedByPopulation
{
    internal static IReadOnlyDictionary<string, LearningTally> Sum(IEnumerable<(SlicePlan Plan, LearningTally Learned)> slices)
    {
        var learned = new Dictionary<string, LearningTally>();
        foreach ((SlicePlan plan, LearningTally tally) in slices)
        {
            if (plan.Population.Role != PopulationRole.Input || tally != default)
                learned[plan.Population.Name] = learned.GetValueOrDefault(plan.Population.Name) + tally;
        }

        return learned;
    }
}
