using Nudge.Experiments;

namespace Nudge.Sweeps;

/// <summary>Checks the settings of all points and reports each error and warning once, with the points that have it.</summary>
internal static class PointCheck
{
    internal static LoadedExperiment[] Load(
        SweepDefinition definition, SweepGrid grid, IReadOnlyList<SweepPoint> points)
    {
        var loaded = new LoadedExperiment[points.Count];
        var found = new OrderedDictionary<Problem, List<SweepPoint>>();
        foreach (SweepPoint point in points)
        {
            string[] assignments = [.. definition.Set, .. grid.Assignments(point)];
            try
            {
                loaded[point.Number] = ExperimentFile.Parse(definition.Source, definition.Text, assignments, null);
            }
            catch (ExperimentException error)
            {
                foreach (Problem problem in error.Problems)
                    Note(found, problem, point);
            }
        }

        return found.Count == 0
            ? loaded
            : throw new ExperimentException([.. found.Select(one => WithPoints(definition, one.Key, one.Value, grid, points.Count))]);
    }

    /// <summary>The warnings of all points.</summary>
    internal static IReadOnlyList<Problem> Warnings(
        SweepDefinition definition, SweepGrid grid, IReadOnlyList<SweepPoint> points, LoadedExperiment[] loaded)
    {
        var found = new OrderedDictionary<Problem, List<SweepPoint>>();
        foreach (SweepPoint point in points)
        {
            foreach (Problem warning in loaded[point.Number].Warnings)
                Note(found, warning, point);
        }

        return [.. found.Select(one => WithPoints(definition, one.Key, one.Value, grid, points.Count))];
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
