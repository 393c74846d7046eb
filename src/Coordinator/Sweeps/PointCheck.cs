using Nudge.Experiments;

namespace Nudge.Sweeps;

/// <summary>Checks the settings of all points and tells each error once, with the points that have it.</summary>
internal static class PointCheck
{
    internal static ExperimentSettings[] Settings(
        SweepDefinition definition, SweepGrid grid, IReadOnlyList<SweepPoint> points)
    {
        var settings = new ExperimentSettings[points.Count];
        var found = new OrderedDictionary<Problem, List<SweepPoint>>();
        foreach (SweepPoint point in points)
        {
            string[] assignments = [.. definition.Set, .. grid.Assignments(point)];
            try
            {
                settings[point.Number] =
                    ExperimentFile.Parse(definition.Source, definition.Text, assignments, null).Settings;
            }
            catch (ExperimentException error)
            {
                foreach (Problem problem in error.Problems)
                    Note(found, problem, point);
            }
        }

        return found.Count == 0
            ? settings
            : throw new ExperimentException([.. found.Select(one => WithPoints(one.Key, one.Value, grid, points.Count))]);
    }

    private static void Note(OrderedDictionary<Problem, List<SweepPoint>> found, Problem problem, SweepPoint point)
    {
        if (found.TryGetValue(problem, out List<SweepPoint>? points))
            points.Add(point);
        else
            found.Add(problem, [point]);
    }

    private static Problem WithPoints(Problem problem, List<SweepPoint> where, SweepGrid grid, int all)
    {
        bool varied = grid.Variations.Any(one =>
            problem.Place.StartsWith($"--set {one.Path}=", StringComparison.Ordinal));
        string place = varied ? "--vary" + problem.Place["--set".Length..] : problem.Place;
        string points = where.Count == all ? "at every point"
            : where.Count == 1 ? $"at the point {grid.Describe(where[0])}"
            : $"at the point {grid.Describe(where[0])} and {where.Count - 1} more";
        return problem with { Place = place, Message = $"{problem.Message} ({points})" };
    }
}
