using System.Globalization;
using nietras.SeparatedValues;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// Examples from a text file with a header: a row a line, separated by commas, semicolons, tabs or |, which the header decides.
/// Numbers have a decimal point.
/// </summary>
internal sealed class CsvExamples(string path) : ExampleFile(path)
{
    internal override IReadOnlyList<string> Contents() => WithRows(Header);

    internal override int InputsOf(ExampleFields fields) => ColumnChoice.Of(Path, Contents(), fields).Inputs.Count;

    internal override ExampleTable Read(ExampleFields fields) => WithRows(rows =>
    {
        string[] names = Header(rows);
        var choice = ColumnChoice.Of(Path, names, fields);
        var values = new List<float>();
        var labels = new List<string>();
        var targets = new List<float>();
        var lines = new List<int>();
        while (rows.MoveNext())
        {
            SepReader.Row row = rows.Current;
            if (IsBlank(row, names.Length))
                continue;
            if (row.ColCount != names.Length)
                throw Bad(row.LineNumberFrom, $"{row.ColCount} cells", $"{names.Length}, as the header has");
            if (values.Count + choice.Inputs.Count > ExampleTable.MostValues)
                throw ExampleTable.TooLarge(Path, lines.Count + 1, choice.Inputs.Count);
            foreach (int column in choice.Inputs)
                values.Add(Value(row, column, names[column]));
            foreach (int column in choice.Targets)
                targets.Add(Value(row, column, names[column]));
            if (choice.Label is { } label)
                labels.Add(Label(row, label, names[label]));
            lines.Add(row.LineNumberFrom);
        }

        if (lines.Count == 0)
            throw new DataException($"{Path}: no rows below the header; expected at least one");
        return new ExampleTable(
            [.. values],
            choice.Inputs.Count,
            choice.Label is null ? null : ExampleTable.Uniform(labels, Place))
        {
            PlaceOf = Place,
            Targets = choice.Targets.Count > 0 ? [.. targets] : null,
            TargetNames = [.. choice.Targets.Select(column => names[column])],
        };

        string Place(int example) => string.Create(CultureInfo.InvariantCulture, $"{Path}: line {lines[example]}");
    });

    private float Value(SepReader.Row row, int column, string name)
    {
        ReadOnlySpan<char> cell = row[column].Span;
        return CellText.Number(cell) is { } number && float.IsFinite((float)number)
            ? (float)number
            : throw Bad(row.LineNumberFrom, $"{CellText.Shown(cell)} in column {name}", "a finite number with a decimal point");
    }

    private string Label(SepReader.Row row, int column, string name)
    {
        ReadOnlySpan<char> cell = row[column].Span;
        return cell.Length > 0 ? cell.ToString() : throw Bad(row.LineNumberFrom, $"an empty cell in column {name}", "a label");
    }

    private string[] Header(SepReader rows)
    {
        if (!rows.MoveNext())
            throw new DataException($"{Path}: the file is empty; expected a header with the names of the columns");
        SepReader.Row row = rows.Current;
        string[] names = new string[row.ColCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = row[i].ToString();
        return names.All(name => CellText.Number(name) is not null)
            ? throw Bad(1, "nothing but numbers", "a header with the names of the columns")
            : names;
    }

    private static bool IsBlank(SepReader.Row row, int columns) => columns > 1 && row.ColCount == 1 && row[0].Span.Length == 0;

    private T WithRows<T>(Func<SepReader, T> read)
    {
        using FileStream file = Open();
        using var text = new StreamReader(file);
        try
        {
            using SepReader rows = Sep.Reader(options => options with
            {
                HasHeader = false,
                DisableColCountCheck = true,
                Unescape = true,
                Trim = SepTrim.Outer,
            }).From(text);
            return read(rows);
        }
        catch (Exception error) when (error is IOException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new DataException($"{Path}: cannot be read as a table: {error.Message}", error);
        }
    }

    private DataException Bad(int line, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Path}: line {line}: found {found}; expected {expected}"));
}
