using System.Globalization;
using System.Numerics;
using Nudge.DataSets;
using Parquet;
using Parquet.Schema;

namespace Nudge.Stimuli;

/// <summary>Examples from an Apache Parquet file: a column an input, numbers or truth values; the labels may be texts.</summary>
internal sealed class ParquetExamples(string path) : ExampleFile(path)
{
    // The header alone decides how much is allocated, and one of a few bytes can claim any number.
    private const long MostRowsOfGroup = 1 << 26;

    internal override IReadOnlyList<string> Contents() => WithReader(reader => Task.FromResult(Names(reader)));

    internal override int InputsOf(ExampleFields fields) => ColumnChoice.Of(Path, Contents(), fields).Inputs.Count;

    internal override ExampleTable Read(ExampleFields fields) => WithReader(reader => ReadAsync(reader, fields));

    private async Task<ExampleTable> ReadAsync(ParquetReader reader, ExampleFields fields)
    {
        DataField[] columns = reader.Schema.GetDataFields();
        var choice = ColumnChoice.Of(Path, Names(reader), fields);
        int inputs = choice.Inputs.Count;
        long rows = reader.RowGroups.Sum(group => group.RowCount);
        if (rows <= 0)
            throw new DataException($"{Path}: no rows; expected at least one");
        if (rows > ExampleTable.MostValues / inputs)
            throw ExampleTable.TooLarge(Path, rows, inputs);
        if (reader.RowGroups.FirstOrDefault(group => group.RowCount is < 0 or > MostRowsOfGroup) is { } large)
            throw new DataException($"{Path}: a group of {large.RowCount} rows; expected groups of at most {MostRowsOfGroup}");
        float[] values = new float[rows * inputs];
        int wanted = choice.Targets.Count;
        float[] targets = new float[rows * wanted];
        string[]? labels = choice.Label is null ? null : new string[rows];
        int first = 0;
        for (int number = 0; number < reader.RowGroupCount; number++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(number);
            for (int input = 0; input < inputs; input++)
                await FillAsync(group, columns[choice.Inputs[input]], values.AsMemory((first * inputs) + input), inputs, first);
            for (int target = 0; target < wanted; target++)
                await FillAsync(group, columns[choice.Targets[target]], targets.AsMemory((first * wanted) + target), wanted, first);

            if (choice.Label is { } label)
                (await LabelsAsync(group, columns[label], first)).CopyTo(labels!, first);
            first += (int)group.RowCount;
        }

        return new(values, inputs, labels is null ? null : ExampleTable.Uniform(labels, Place))
        {
            PlaceOf = Place,
            Targets = wanted > 0 ? targets : null,
            TargetNames = [.. choice.Targets.Select(column => columns[column].Name)],
        };
    }

    // The column of a group, to every stride-th place.
    private async Task FillAsync(ParquetRowGroupReader group, DataField column, Memory<float> values, int stride, int first)
    {
        double?[] read = await NumbersAsync(group, column, "a column of numbers");
        for (int i = 0; i < read.Length; i++)
            values.Span[i * stride] = Finite(read[i], first + i, column);
    }

    private float Finite(double? value, int row, DataField column) =>
        value is { } number && float.IsFinite((float)number)
            ? (float)number
            : throw new DataException(
                $"{Place(row)}: found {Shown(value)} in column {column.Name}; expected a finite number");

    private static bool IsText(DataField column) =>
        column.ClrType == typeof(string) || column.ClrType == typeof(ReadOnlyMemory<char>);

    private static string Shown(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no value";

    private async Task<string[]> LabelsAsync(ParquetRowGroupReader group, DataField column, int first)
    {
        string?[] labels;
        if (IsText(column))
        {
            var texts = new string?[group.RowCount];
            await group.ReadAsync(column, texts.AsMemory());
            labels = texts;
        }
        else
        {
            double?[] numbers = await NumbersAsync(group, column, "a column of whole numbers or texts");
            labels = [.. numbers.Select(number => number?.ToString("R", CultureInfo.InvariantCulture))];
        }

        int missing = Array.FindIndex(labels, string.IsNullOrEmpty);
        return missing < 0
            ? [.. labels.Select(label => label!)]
            : throw new DataException($"{Place(first + missing)}: found no value in column {column.Name}; expected a label");
    }

    private Task<double?[]> NumbersAsync(ParquetRowGroupReader group, DataField column, string expected)
    {
        if (column.MaxRepetitionLevel > 0)
            throw new DataException($"{Path}: column {column.Name} has a list in each row; expected {expected}");
        Type type = column.ClrType;
        return type == typeof(float) ? ReadAsync<float>(group, column)
            : type == typeof(double) ? ReadAsync<double>(group, column)
            : type == typeof(int) ? ReadAsync<int>(group, column)
            : type == typeof(long) ? ReadAsync<long>(group, column)
            : type == typeof(byte) ? ReadAsync<byte>(group, column)
            : type == typeof(sbyte) ? ReadAsync<sbyte>(group, column)
            : type == typeof(short) ? ReadAsync<short>(group, column)
            : type == typeof(ushort) ? ReadAsync<ushort>(group, column)
            : type == typeof(uint) ? ReadAsync<uint>(group, column)
            : type == typeof(ulong) ? ReadAsync<ulong>(group, column)
            : type == typeof(bool) ? TruthsAsync(group, column)
            : throw new DataException(
                $"{Path}: column {column.Name} is of the type {(IsText(column) ? "text" : type.Name)}; expected {expected}");
    }

    private static async Task<double?[]> ReadAsync<T>(ParquetRowGroupReader group, DataField column)
        where T : unmanaged, INumberBase<T> => Numbers(await CellsAsync<T>(group, column), double.CreateTruncating);

    private static async Task<double?[]> TruthsAsync(ParquetRowGroupReader group, DataField column) =>
        Numbers(await CellsAsync<bool>(group, column), truth => truth ? 1 : 0);

    private static double?[] Numbers<T>(T?[] cells, Func<T, double> number)
        where T : struct => [.. cells.Select(cell => cell is { } value ? number(value) : (double?)null)];

    private static async Task<T?[]> CellsAsync<T>(ParquetRowGroupReader group, DataField column)
        where T : struct
    {
        if (column.IsNullable)
        {
            var nullable = new T?[group.RowCount];
            await group.ReadAsync<T>(column, nullable.AsMemory());
            return nullable;
        }

        var cells = new T[group.RowCount];
        await group.ReadAsync<T>(column, cells.AsMemory());
        return [.. cells.Select(cell => (T?)cell)];
    }

    private static IReadOnlyList<string> Names(ParquetReader reader) =>
        [.. reader.Schema.GetDataFields().Select(field => field.Name)];

    private string Place(int row) => string.Create(CultureInfo.InvariantCulture, $"{Path}: row {row + 1}");

    private T WithReader<T>(Func<ParquetReader, Task<T>> read)
    {
        using FileStream file = Open();
        try
        {
            // The library reads asynchronously alone; data sets are read on a thread of the pool, which may wait.
            return Task.Run(async () =>
            {
                await using ParquetReader reader = await ParquetReader.CreateAsync(file);
                return await read(reader);
            }).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (DataException or OutOfMemoryException))
        {
            // The library has no exception of its own for damaged files: it fails wherever the bytes lead it.
            throw new DataException($"{Path}: cannot be read as Parquet: {error.Message}", error);
        }
    }
}
