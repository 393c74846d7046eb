using System.Globalization;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// Numbers classes from 0 in the order of their labels, which may be any whole numbers or texts: EMNIST's letters are 1 to 26.
/// The classes are those of all training labels, also where a run uses only some of the examples.
/// </summary>
internal sealed class ClassLabels
{
    private const int MostShown = 20;
    private readonly Dictionary<string, int> _numbers;

    private ClassLabels(IEnumerable<string> labels)
    {
        All = [.. labels];
        _numbers = All.Select((label, number) => (label, number)).ToDictionary(one => one.label, one => one.number);
    }

    /// <summary>The label of each class.</summary>
    internal IReadOnlyList<string> All { get; }

    /// <summary>Whether each label is the number of its class.</summary>
    internal bool AreNumbers => All.Select((label, number) => label == Text(number)).All(same => same);

    /// <summary>The classes of training labels: whole numbers in their order, other labels in that of their characters.</summary>
    internal static ClassLabels Of(IEnumerable<string> training)
    {
        string[] distinct = [.. training.Distinct()];
        return new(distinct.All(label => Whole(label) is not null)
            ? distinct.OrderBy(label => Whole(label))
            : distinct.Order(StringComparer.Ordinal));
    }

    /// <summary>The classes 0, 1, … of a set that has so many.</summary>
    internal static ClassLabels Numbers(int classes) => new(Enumerable.Range(0, classes).Select(number => Text(number)));

    /// <summary>A whole number as a label.</summary>
    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The class of each label.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="place">The file and the place within it of an example, by its index.</param>
    /// <param name="expected">Why a label may be none of the classes.</param>
    /// <exception cref="DataException">A label is none of the classes.</exception>
    internal int[] NumbersOf(IReadOnlyList<string> labels, Func<int, string> place, string expected)
    {
        int[] numbers = new int[labels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!_numbers.TryGetValue(labels[i], out numbers[i]))
                throw new DataException($"{place(i)}: label {labels[i]}; expected {expected}");
        }

        return numbers;
    }

    /// <summary>The labels in words, such as <c>1 to 26</c>.</summary>
    public override string ToString() => Words(All);

    /// <summary>Labels of classes in words.</summary>
    internal static string Words(IReadOnlyList<string> labels) =>
        labels.Count > 1 && Whole(labels[0]) is { } first && Whole(labels[^1]) is { } last && last - first == labels.Count - 1
            ? $"{labels[0]} to {labels[^1]}"
            : string.Join(", ", labels.Take(MostShown)) + (labels.Count > MostShown ? ", …" : "");

    private static long? Whole(string label) =>
        long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && Text(number) == label
            ? number
            : null;
}
