using Nudge.Experiments;

namespace Nudge.Sweeps;

/// <summary>Checks the settings of all points and reports each error once, with the points that have it.</summary>
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
            : throw new ExperimentException([.. found.Select(one => WithPoints(definition, one.Key, one.Value, grid, points.Count))]);
    }

    private static void Note(OrderedDictionary<Problem, List<SweepPoint>> found, Problem problem, SweepPoint point)
    {
        if (found.TryGetValue(problem, out List<SweepPoint>? points))
            points.Add(point);
        else
            found.Add(problem, [point]);
    }

    private static Problem WithPoints(
        SweepDefinition definition, Problem problem, List<SweepPoint> where, SweepGrid grid, int all)
    {
        string points = where.Count == all ? "at every point"
            : where.Count == 1 ? $"at the point {grid.Describe(where[0])}"
            : $"at the point {grid.Describe(where[0])} and {where.Count - 1} more";
        return problem with { Place = PlaceOf(definition, problem, grid), Message = $"{problem.Message} ({points})" };
    }

    // Points are made by assignments; people wrote options, or lines of the file.
    private static string PlaceOf(SweepDefinition definition, Problem problem, SweepGrid grid)
    {
        bool Brings(string path) => problem.Place.StartsWith($"--set {path}=", StringComparison.Ordinal);
        if (grid.Variations.FirstOrDefault(one => Brings(one.Path)) is not { } varied)
            return problem.Place;
        return definition.Places.TryGetValue(varied.Path, out string? place)
            ? place
            : "--vary" + problem.Place["--set".Length..];
    }
}
