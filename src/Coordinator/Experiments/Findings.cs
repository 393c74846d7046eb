namespace Nudge.Experiments;

/// <summary>Collects what is found, so that a file's errors are reported together.</summary>
internal sealed class Findings
{
    private readonly List<(Place Place, Problem Problem)> _errors = [];
    private readonly List<(Place Place, Problem Problem)> _warnings = [];

    /// <summary>What is allowed and probably not meant, in the order of the file.</summary>
    internal IReadOnlyList<Problem> Warnings => InOrder(_warnings);

    internal void Error(Place place, string path, string message) =>
        _errors.Add((place, new($"{place}", path, message)));

    internal void Warn(Place place, string path, string message) =>
        _warnings.Add((place, new($"{place}", path, message)));

    /// <summary>Whether an error stands in one of these top-level sections or in the file as a whole.</summary>
    internal bool In(IReadOnlyList<string> sections) => _errors.Exists(
        e => e.Problem.Path.Length == 0 || sections.Contains(e.Problem.Path.Split('.')[0]));

    internal void ThrowIfAny() => ThrowIfAny("");

    /// <summary>Reports the errors of one part alone, where all others may follow from them.</summary>
    /// <param name="part">How the paths of their settings begin.</param>
    internal void ThrowIfAny(string part)
    {
        var errors = _errors.Where(error => error.Problem.Path.StartsWith(part, StringComparison.Ordinal)).ToList();
        if (errors.Count > 0)
            throw new ExperimentException(InOrder(errors));
    }

    private static Problem[] InOrder(IEnumerable<(Place Place, Problem Problem)> found) =>
        [.. found.OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column).Select(f => f.Problem)];
}
