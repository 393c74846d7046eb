using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>Which columns or arrays of a file are the inputs and the labels, as the settings name them.</summary>
/// <param name="Inputs">Columns or an array; null for all but the labels.</param>
/// <param name="Labels">A column or an array; null for none.</param>
/// <param name="LabelsFile">A file of labels beside it, or null.</param>
/// <param name="Part">What stands before the names of settings in errors: empty, or test.</param>
internal sealed record ExampleFields(string? Inputs, string? Labels, string? LabelsFile, string Part)
{
    /// <summary>Columns or an array of target values; null where examples have classes.</summary>
    internal string? Targets { get; init; }

    /// <summary>The setting that names the target values.</summary>
    internal string TargetsKey => Part.Length == 0 ? "data.targets" : "data.testTargets";

    /// <summary>The setting that names the inputs.</summary>
    internal string InputsKey => Part.Length == 0 ? "data.inputs" : "data.testInputs";

    /// <summary>The setting that names the labels.</summary>
    internal string LabelsKey => Part.Length == 0 ? "data.labels" : "data.testLabels";

    /// <summary>The setting that names the file of labels.</summary>
    internal string LabelsFileKey => Part.Length == 0 ? "data.labelsFile" : "data.testLabelsFile";
}

/// <summary>Examples as a file has them.</summary>
/// <param name="Values">The values of one example after those of another, all finite.</param>
/// <param name="Inputs">Values of an example.</param>
/// <param name="Labels">A label each; null where there are none.</param>
internal sealed record ExampleTable(float[] Values, int Inputs, IReadOnlyList<string>? Labels)
{
    /// <summary>The most values that are read of one file.</summary>
    internal const int MostValues = 500_000_000;

    /// <summary>The file and the place within it of an example, by its index, for errors.</summary>
    internal required Func<int, string> PlaceOf { get; init; }

    /// <summary>The target values of one example after those of another, all finite; null where examples have classes.</summary>
    internal float[]? Targets { get; init; }

    /// <summary>The names of the target values, or their numbers; empty where examples have classes.</summary>
    internal IReadOnlyList<string> TargetNames { get; init; } = [];

    /// <summary>How the values of an example lie as a picture, or null.</summary>
    internal PictureShape? Picture { get; init; }

    /// <summary>Number of examples.</summary>
    internal int Count => Values.Length / Inputs;

    /// <summary>
    /// Labels in one form: where all are numbers they must be whole, and 1.0 is 1; else they stay as they are.
    /// </summary>
    /// <exception cref="DataException">A label is a number that is not whole.</exception>
    internal static string[] Uniform(IReadOnlyList<string> labels, Func<int, string> place)
    {
        double?[] numbers = [.. labels.Select(label => CellText.Number(label))];
        if (numbers.Any(number => number is null))
            return [.. labels];
        int broken = Array.FindIndex(numbers, number => !double.IsInteger(number!.Value) || Math.Abs(number.Value) > 1L << 53);
        return broken < 0
            ? [.. numbers.Select(number => ClassLabels.Text((long)number!.Value))]
            : throw new DataException($"{place(broken)}: label {labels[broken]}; expected a whole number or a text");
    }

    /// <summary>An error where a file holds more than is read.</summary>
    internal static DataException TooLarge(string path, long examples, int inputs) =>
        new($"{path}: {examples} examples with {inputs} inputs; expected at most {MostValues} values together");
}

/// <summary>A file of examples of one kind.</summary>
internal abstract class ExampleFile(string path)
{
    /// <summary>The file.</summary>
    internal string Path => path;

    /// <summary>The reader for a file, by how its name ends.</summary>
    /// <exception cref="DataException">It ends in another way.</exception>
    internal static ExampleFile Of(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" or ".TSV" => new CsvExamples(path),
        ".PARQUET" => new ParquetExamples(path),
        ".NPZ" => new NpzExamples(path),
        ".NPY" => new NpyExamples(path),
        _ => throw new DataException($"{path}: unknown kind of file; expected .csv, .tsv, .parquet, .npz or .npy"),
    };

    /// <summary>What the file holds, in words: its columns or arrays.</summary>
    internal abstract IReadOnlyList<string> Contents();

    /// <summary>Values of an example, from the header of the file.</summary>
    /// <exception cref="DataException">The header is damaged, or has no such columns or arrays.</exception>
    internal abstract int InputsOf(ExampleFields fields);

    /// <summary>Reads all examples.</summary>
    /// <exception cref="DataException">The file is damaged; the message has the place and what was expected.</exception>
    internal abstract ExampleTable Read(ExampleFields fields);

    /// <summary>Opens the file.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    protected FileStream Open() => Open(path);

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    protected static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (FileNotFoundException error)
        {
            throw new DataException($"{path}: no such file", error);
        }
        catch (DirectoryNotFoundException error)
        {
            throw new DataException($"{path}: no such file, nor its folder", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }
    }
}
