using System.Text.RegularExpressions;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>The columns of a table that are inputs, and the one of labels.</summary>
/// <param name="Inputs">Numbers of columns from 0, in the order of the inputs.</param>
/// <param name="Label">The column of labels, or null.</param>
/// <param name="Targets">The columns of target values; none where examples have classes.</param>
internal sealed record ColumnChoice(IReadOnlyList<int> Inputs, int? Label, IReadOnlyList<int> Targets)
{
    private const int MostShown = 12;
    private const string RangeSign = "..";

    /// <summary>Finds columns by their names.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="names">The names of all columns.</param>
    /// <param name="fields">What is asked for.</param>
    /// <exception cref="DataException">There are no such columns, or a name is there twice.</exception>
    internal static ColumnChoice Of(string path, IReadOnlyList<string> names, ExampleFields fields)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new DataException($"{path}: {twice.Count()} columns are called \"{twice.Key}\"; expected a name for each column");
        if (fields.LabelsFile is not null)
            throw new DataException($"{fields.LabelsFileKey}: {path} is a table; expected {fields.LabelsKey} with the name of a column");
        int? label = fields.Labels is null ? null : IndexOf(path, names, fields.Labels, fields.LabelsKey);
        int[] targets = fields.Targets is null ? [] : Named(path, names, fields.Targets, null, fields.TargetsKey);
        if (fields.Targets is not null && targets.Length == 0)
            throw new DataException($"{fields.TargetsKey}: no columns of {path}; expected some of {Listed(names)}");
        int[] inputs = fields.Inputs is null
            ? [.. Enumerable.Range(0, names.Count).Where(column => column != label && !targets.Contains(column))]
            : Named(path, names, fields.Inputs, label, fields.InputsKey);
        if (inputs.Length == 0)
            throw new DataException($"{fields.InputsKey}: no columns of {path}; expected some of {Listed(names)}");
        if (fields.Inputs is not null && label is { } one && inputs.Contains(one))
            throw new DataException($"{fields.InputsKey}: the column {names[one]} is the labels; expected other columns");
        if (fields.Inputs is not null && inputs.Intersect(targets).ToArray() is [int both, ..])
            throw new DataException($"{fields.InputsKey}: the column {names[both]} is a target value; expected other columns");
        int unnamed = Array.FindIndex(inputs, column => names[column].Length == 0);
        return unnamed < 0
            ? new(inputs, label, targets)
            : throw new DataException(
                $"{path}: column {inputs[unnamed] + 1} has no name; expected a name, or {fields.InputsKey} with the columns that are meant");
    }

    /// <summary>Names for people, not too many.</summary>
    internal static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostShown)) + (names.Count > MostShown ? $", … ({names.Count} columns)" : "");

    private static int[] Named(string path, IReadOnlyList<string> names, string wanted, int? label, string key) =>
    [
        .. wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(item => Matching(path, names, item, label, key)).Distinct(),
    ];

    private static IEnumerable<int> Matching(string path, IReadOnlyList<string> names, string item, int? label, string key)
    {
        if (names.Contains(item))
            return [IndexOf(path, names, item, key)];
        if (item.Contains('*', StringComparison.Ordinal))
        {
            var pattern = new Regex(
                $"^{Regex.Escape(item).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            int[] found = [.. Enumerable.Range(0, names.Count).Where(column => column != label && pattern.IsMatch(names[column]))];
            return found.Length > 0 ? found : throw Missing(path, names, item, key);
        }

        if (item.Split(RangeSign) is not [{ Length: > 0 } first, { Length: > 0 } last])
            throw Missing(path, names, item, key);
        (int from, int to) = (IndexOf(path, names, first, key), IndexOf(path, names, last, key));
        return from <= to
            ? Enumerable.Range(from, to - from + 1).Where(column => column != label)
            : throw new DataException($"{key}: {item}: {first} comes after {last} in {path}; expected {last}..{first}");
    }

    private static int IndexOf(string path, IReadOnlyList<string> names, string name, string key)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        throw Missing(path, names, name, key);
    }

    private static DataException Missing(string path, IReadOnlyList<string> names, string name, string key) =>
        new($"{key}: no column {name} in {path}; expected one of {Listed(names)}");
}
