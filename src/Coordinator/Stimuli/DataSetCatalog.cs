namespace Nudge.Stimuli;

/// <summary>Finds a data set by its name.</summary>
public static class DataSetCatalog
{
    /// <summary>The environment variable that names the folder of IDX files.</summary>
    public const string FolderVariable = "NUDGE_DATA";

    /// <summary>The set whose sizes the experiment chooses.</summary>
    public const string RandomPatterns = "random-patterns";

    private const int MostDrawn = 1_000_000;
    private const int UsualInputs = 784;
    private const int UsualClasses = 10;

    /// <summary>The names that <see cref="Load"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["xor", "two-moons", "bars-and-stripes", "bars-and-stripes-32", RandomPatterns, "digits", "mnist", "idx"];

    /// <summary>Inputs and classes of sets whose shape is known before they are read, or null.</summary>
    /// <param name="set">Name of the set.</param>
    /// <param name="inputs">Values of an example where the set has any size; null for the usual number.</param>
    /// <param name="classes">Classes where the set has any number; null for the usual one.</param>
    public static (int Inputs, int Classes)? ShapeOf(string set, int? inputs = null, int? classes = null) => set switch
    {
        RandomPatterns => (inputs ?? UsualInputs, classes ?? UsualClasses),
        "xor" or "two-moons" => (2, 2),
        "bars-and-stripes" => (16, 2),
        "bars-and-stripes-32" => (16, 1),
        "digits" or "mnist" => (784, 10),
        _ => null,
    };

    /// <summary>Whether a set is drawn from the seed, so that runs of different seeds cannot share it.</summary>
    public static bool IsDrawn(string set) => set is "two-moons" or "digits" or RandomPatterns;

    /// <summary>Loads or draws a set.</summary>
    /// <exception cref="DataException">The set is unknown, or its files are missing or damaged.</exception>
    public static StimulusSets Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        StimulusSets sets = LoadAsItIs(request);
        return request.Binarise is double threshold
            ? sets with
            {
                Train = new BinarySet(sets.Train, (float)threshold),
                Test = new BinarySet(sets.Test, (float)threshold),
            }
            : sets;
    }

    /// <summary>Whether the examples of a set have no classes.</summary>
    public static bool IsUnlabelled(string set) => ShapeOf(set) is { Classes: 1 };

    private static StimulusSets LoadAsItIs(DataRequest request)
    {
        return request.Set switch
        {
            "xor" => SmallSets.Xor(),
            "bars-and-stripes" => SmallSets.BarsAndStripes(),
            "bars-and-stripes-32" => SmallSets.BarsAndStripesRows(),
            "two-moons" => SmallSets.TwoMoons(request.Seed, Drawn(request.Train, 2000), Drawn(request.Test, 1000)),
            "digits" => new(
                DigitSet.Draw(request.Seed, held: false, Drawn(request.Train, 10_000)),
                DigitSet.Draw(request.Seed, held: true, Drawn(request.Test, 2000)),
                "digits",
                "drawn from the seed"),
            RandomPatterns => Random(request),
            "mnist" or "idx" => IdxSet.Load(request),
            _ => throw new DataException($"unknown data set {request.Set}; expected one of {string.Join(", ", Names)}"),
        };
    }

    private static StimulusSets Random(DataRequest request)
    {
        (int inputs, int classes) = (request.Inputs ?? UsualInputs, request.Classes ?? UsualClasses);
        return new(
            new RandomPatternSet(request.Seed, held: false, Drawn(request.Train, 10_000), inputs, classes),
            new RandomPatternSet(request.Seed, held: true, Drawn(request.Test, 2000), inputs, classes),
            RandomPatterns,
            "drawn from the seed");
    }

    private static int Drawn(int? asked, int usual)
    {
        int count = asked ?? usual;
        return count is > 0 and <= MostDrawn
            ? count
            : throw new DataException($"cannot draw {count} examples; expected 1 to {MostDrawn}");
    }
}
