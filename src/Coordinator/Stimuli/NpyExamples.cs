using System.Globalization;
using System.IO.Compression;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>Examples from one .npy array; the labels are another .npy file.</summary>
internal sealed class NpyExamples(string path) : ExampleFile(path)
{
    internal override IReadOnlyList<string> Contents()
    {
        (NpyType type, int[] shape) = Shape();
        return [NpyArray.WordsOf(type, shape)];
    }

    internal override int InputsOf(ExampleFields fields)
    {
        (NpyType type, int[] shape) = Shape();
        return NpyTable.InputsOf(type, shape, Path);
    }

    internal override ExampleTable Read(ExampleFields fields)
    {
        if (fields.Inputs is not null)
            throw new DataException($"{fields.InputsKey}: {Path} holds one array; expected no name");
        if (fields.Targets is not null)
            throw new DataException($"{fields.TargetsKey}: {Path} holds one array; expected an .npz file with inputs and target values");
        if (fields.Labels is not null)
            throw new DataException($"{fields.LabelsKey}: {Path} holds one array; expected {fields.LabelsFileKey} with a .npy file of the labels");
        return NpyTable.Of(Read(Path), Path, fields.LabelsFile is { } labels ? Read(labels) : null, fields.LabelsFile ?? "");
    }

    private static NpyArray Read(string path)
    {
        using FileStream file = Open(path);
        return NpyArray.Read(file, path);
    }

    private (NpyType Type, int[] Shape) Shape()
    {
        using FileStream file = Open();
        return NpyArray.ReadShape(file, Path);
    }
}

/// <summary>Examples from the arrays of an .npz file, which is a zip of .npy files.</summary>
internal sealed class NpzExamples(string path) : ExampleFile(path)
{
    private const string Ending = ".npy";

    internal override IReadOnlyList<string> Contents() => WithZip(zip => (IReadOnlyList<string>)
    [
        .. Arrays(zip).Select(entry =>
        {
            using Stream stream = entry.Open();
            (NpyType type, int[] shape) = NpyArray.ReadShape(stream, Where(NameOf(entry)));
            return $"{NameOf(entry)}: {NpyArray.WordsOf(type, shape)}";
        }),
    ]);

    internal override int InputsOf(ExampleFields fields) => WithZip(zip =>
    {
        (ZipArchiveEntry entry, string name) = Inputs(zip, fields);
        using Stream stream = entry.Open();
        (NpyType type, int[] shape) = NpyArray.ReadShape(stream, Where(name));
        return NpyTable.InputsOf(type, shape, Where(name));
    });

    internal override ExampleTable Read(ExampleFields fields) => WithZip(zip =>
    {
        if (fields.LabelsFile is not null)
            throw new DataException($"{fields.LabelsFileKey}: {Path} holds several arrays; expected {fields.LabelsKey} with the name of one");
        (ZipArchiveEntry entry, string name) = Inputs(zip, fields);
        NpyArray inputs = Read(entry, name);
        NpyArray? labels = fields.Labels is { } label ? Read(Find(zip, label, fields.LabelsKey), label) : null;
        ExampleTable table = NpyTable.Of(inputs, Where(name), labels, Where(fields.Labels ?? ""));
        return fields.Targets is { } target
            ? NpyTable.WithTargets(table, Read(Find(zip, target, fields.TargetsKey), target), target, Where(target))
            : table;
    });

    private (ZipArchiveEntry Entry, string Name) Inputs(ZipArchive zip, ExampleFields fields) => fields.Inputs is { } name
        ? (Find(zip, name, fields.InputsKey), name)
        : throw new DataException($"{fields.InputsKey}: missing; expected one of the arrays {Listed(zip)} of {Path}");

    private ZipArchiveEntry Find(ZipArchive zip, string name, string key) =>
        Arrays(zip).FirstOrDefault(entry => NameOf(entry) == name)
        ?? throw new DataException($"{key}: no array {name} in {Path}; expected one of {Listed(zip)}");

    private NpyArray Read(ZipArchiveEntry entry, string name)
    {
        using Stream stream = entry.Open();
        return NpyArray.Read(stream, Where(name));
    }

    private static IEnumerable<ZipArchiveEntry> Arrays(ZipArchive zip) =>
        zip.Entries.Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal));

    private static string Listed(ZipArchive zip) => ColumnChoice.Listed([.. Arrays(zip).Select(NameOf)]);

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName[..^Ending.Length];

    private string Where(string array) => $"{Path}: array {array}";

    private T WithZip<T>(Func<ZipArchive, T> read)
    {
        using FileStream file = Open();
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return read(zip);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw new DataException($"{Path}: damaged, or no .npz file, which is a zip of .npy files: {error.Message}", error);
        }
    }
}

/// <summary>Makes examples of an array of inputs and one of labels.</summary>
internal static class NpyTable
{
    /// <summary>Values of an example of an array, whose first dimension is the examples.</summary>
    /// <exception cref="DataException">It has no dimension, or holds texts.</exception>
    internal static int InputsOf(NpyType type, IReadOnlyList<int> shape, string where) => shape.Count == 0 || type.IsText
        ? throw new DataException($"{where}: {NpyArray.WordsOf(type, shape)}; expected numbers whose first dimension is the examples")
        : shape.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>The examples.</summary>
    /// <exception cref="DataException">The arrays do not fit each other, or hold what is no finite number.</exception>
    internal static ExampleTable Of(NpyArray inputs, string where, NpyArray? labels, string labelsWhere)
    {
        int size = InputsOf(inputs.Type, inputs.Shape, where);
        if (inputs.Count > ExampleTable.MostValues)
            throw ExampleTable.TooLarge(where, inputs.Shape[0], size);
        if (labels is not null && (labels.Count != inputs.Shape[0] || labels.Shape.Count == 0 || labels.Shape[0] != inputs.Shape[0]))
            throw new DataException($"{labelsWhere}: {labels.Words}; expected {inputs.Shape[0]}, a label for each example of {where}");
        return new(Numbers(inputs, size, where), size, labels is null ? null : Labels(labels, labelsWhere))
        {
            Picture = PictureOf(inputs.Shape),
            PlaceOf = labels is null ? row => Row(where, row) : row => Row(labelsWhere, row),
        };
    }

    /// <summary>The examples with the values that the output is to take.</summary>
    /// <exception cref="DataException">The array does not fit the examples, or holds what is no finite number.</exception>
    internal static ExampleTable WithTargets(ExampleTable table, NpyArray targets, string name, string where)
    {
        int size = InputsOf(targets.Type, targets.Shape, where);
        if (size == 0 || targets.Shape[0] != table.Count)
            throw new DataException($"{where}: {targets.Words}; expected {table.Count} rows, one for each example");
        return table with
        {
            Targets = Numbers(targets, size, where),
            TargetNames = size == 1 ? [name] : [.. Enumerable.Range(0, size).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"))],
        };
    }

    private static float[] Numbers(NpyArray array, int size, string where)
    {
        float[] values = new float[array.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double value = array.Type.Number(array.Items.AsSpan(i * array.Type.Size));
            values[i] = (float)value;
            if (!float.IsFinite(values[i]))
            {
                string found = value.ToString(CultureInfo.InvariantCulture);
                throw new DataException($"{where}: row {(i / size) + 1}, value {(i % size) + 1}: found {found}; expected a finite number");
            }
        }

        return values;
    }

    private static string[] Labels(NpyArray labels, string where)
    {
        string[] texts = new string[labels.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = labels.Type.Text(labels.Items.AsSpan(i * labels.Type.Size, labels.Type.Size));
            if (texts[i].Length == 0 || texts[i] is "NaN")
                throw new DataException($"{Row(where, i)}: found {(texts[i].Length == 0 ? "an empty text" : texts[i])}; expected a label");
        }

        return ExampleTable.Uniform(texts, row => Row(where, row));
    }

    private static string Row(string where, int row) => string.Create(CultureInfo.InvariantCulture, $"{where}: row {row + 1}");

    private static PictureShape? PictureOf(IReadOnlyList<int> shape) => shape switch
    {
        [_, > 1, > 1] => new(shape[2], shape[1]),
        [_, _, _, 1 or 3] => new(shape[2], shape[1], shape[3], Interleaved: true),
        [_, 1 or 3, _, _] => new(shape[3], shape[2], shape[1]),
        _ => null,
    };
}
