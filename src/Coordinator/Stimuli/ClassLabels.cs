using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// Numbers classes from 0 in the order of their labels, which may be any whole numbers: EMNIST's letters are 1 to 26. The
/// classes are those of all training labels, also where a run uses only some of the examples.
/// </summary>
internal sealed class ClassLabels
{
    private const int MostShown = 20;
    private readonly Dictionary<int, int> _numbers;

    private ClassLabels(int[] labels)
    {
        All = labels;
        _numbers = labels.Select((label, number) => (label, number)).ToDictionary(one => one.label, one => one.number);
    }

    /// <summary>The label of each class.</summary>
    internal IReadOnlyList<int> All { get; }

    /// <summary>Whether each label is the number of its class.</summary>
    internal bool AreNumbers => All.Select((label, number) => label == number).All(same => same);

    /// <summary>The classes of training labels.</summary>
    internal static ClassLabels Of(IEnumerable<int> training) => new([.. training.Distinct().Order()]);

    /// <summary>The classes 0, 1, … of a set that has so many.</summary>
    internal static ClassLabels Numbers(int classes) => new([.. Enumerable.Range(0, classes)]);

    /// <summary>The class of each label.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="path">The file that they are from.</param>
    /// <param name="expected">Why a label may be none of the classes.</param>
    /// <exception cref="DataException">A label is none of the classes.</exception>
    internal int[] NumbersOf(int[] labels, string path, string expected)
    {
        int[] numbers = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            if (!_numbers.TryGetValue(labels[i], out numbers[i]))
                throw new DataException($"{path}: example {i}: label {labels[i]}; expected {expected}");
        }

        return numbers;
    }

    /// <summary>The labels in words, such as <c>1 to 26</c>.</summary>
    public override string ToString() => Words(All);

    /// <summary>Ascending labels in words.</summary>
    internal static string Words(IReadOnlyList<int> labels) => labels.Count > 1 && labels[^1] - (long)labels[0] == labels.Count - 1
        ? $"{labels[0]} to {labels[^1]}"
        : string.Join(", ", labels.Take(MostShown)) + (labels.Count > MostShown ? ", …" : "");
}
