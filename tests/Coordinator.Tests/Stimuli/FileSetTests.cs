using System.Globalization;
using CsCheck;
using Nudge.DataSets;
using Nudge.Signals;
using Nudge.Stimuli;
using Parquet;
using Parquet.Schema;

namespace Nudge.Coordinator.Tests.Stimuli;

/// <summary>Examples of users' own files: what they become, and what is refused with which words.</summary>
public sealed class FileSetTests : IDisposable
{
    private const string Header = "a,b,kind\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void A_table_gives_its_columns_and_classes_in_the_order_of_their_labels(string separator)
    {
        string text = "a,b,kind\r\n1,-2.5e-1,\"two\"\r\n 3 ,4,one\r\n\r\n5,6,two\r\n7,8,one\r\n".Replace(",", separator, StringComparison.Ordinal);

        StimulusSets sets = Load(Csv(text) with { Labels = "kind" });

        Assert.Equal(["one", "two"], sets.Labels);
        Assert.Equal(
            ["1 -0.25 1", "3 4 0", "5 6 1", "7 8 0"],
            Rows(sets.Train).Concat(Rows(sets.Test)).Order());
    }

    [Theory]
    [InlineData("p*", "1 2 3")]
    [InlineData("p1..q", "2 3 4")]
    [InlineData("q, p0", "4 1")]
    [InlineData(null, "1 2 3 4")]
    public void Columns_are_chosen_by_name_beginning_or_range(string? inputs, string expected)
    {
        StimulusSets sets = Load(Csv("p0,p1,p2,q,label\n1,2,3,4,0\n1,2,3,4,0\n") with { Inputs = inputs, Labels = "label" });

        Assert.Equal($"{expected} 0", Rows(sets.Train).Single());
    }

    [Theory]
    [InlineData("x,y", null, "1 -> 0.1 0.2")]
    [InlineData("y", "a,x", "1 0.1 -> 0.2")]
    public void Columns_of_a_table_are_target_values_and_no_inputs(string targets, string? inputs, string expected)
    {
        StimulusSets sets = Load(Csv("a,x,y\n1,0.1,0.2\n1,0.1,0.2\n") with { Targets = targets, Inputs = inputs });

        Assert.Equal(targets.Split(','), sets.Labels);
        Assert.Equal(expected, TargetRow(sets.Train));
    }

    [Fact]
    public void An_array_of_an_npz_file_gives_target_values_with_held_out_ones_of_its_own()
    {
        NpyWriter.WriteZip(
            _folder.File("own.npz"),
            ("x", NpyWriter.Floats([2, 2], 1, 2, 3, 4)),
            ("y", NpyWriter.Floats([2], 0.5f, 0.25f)),
            ("tx", NpyWriter.Floats([1, 2], 5, 6)),
            ("ty", NpyWriter.Floats([1, 1], 0.75f)));
        var settings = new FileSettings { File = _folder.File("own.npz"), Inputs = "x", Targets = "y", TestInputs = "tx", TestTargets = "ty" };

        StimulusSets sets = Load(settings);

        Assert.Equal(["y"], sets.Labels);
        Assert.Equal("1 2 -> 0.5", TargetRow(sets.Train));
        Assert.Equal("5 6 -> 0.75", TargetRow(sets.Test));
        Assert.NotEqual(StimulusFingerprint.Of(sets), StimulusFingerprint.Of(Load(settings with { TestTargets = "y", TestInputs = "x" })));
    }

    [Fact]
    public void Target_values_that_contradict_the_rest_are_refused()
    {
        FileSettings table = Csv("a,x,y\n1,0.1,0.2\n1,0.1,big\n") with { Targets = "x" };
        Assert.Contains("data.targets: labels are named too", Refused(table with { Labels = "y" }), StringComparison.Ordinal);
        Assert.Contains("data.targets: no column z", Refused(table with { Targets = "z" }), StringComparison.Ordinal);
        Assert.Contains("the column x is a target value", Refused(table with { Inputs = "a,x" }), StringComparison.Ordinal);
        Assert.Contains("line 3: found \"big\" in column y; expected a finite number", Refused(table with { Targets = "y" }), StringComparison.Ordinal);
        Assert.Contains("data.testTargets: no held-out inputs", Refused(table with { TestTargets = "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_are_classes_in_their_order_also_where_they_are_written_as_floats()
    {
        StimulusSets sets = Load(Csv("a,label\n1,10.0\n1,9\n1,10\n1,9\n") with { Labels = "label" });

        Assert.Equal(["9", "10"], sets.Labels);
    }

    [Theory]
    [InlineData("1,2,x\n1,x\n", "line 3: found 2 cells; expected 3, as the header has")]
    [InlineData("1,2,x\n1,two,x\n", "line 3: found \"two\" in column b; expected a finite number")]
    [InlineData("1,2,\"x\ny\"\n1,,x\n", "line 4: found an empty cell in column b; expected a finite number")]
    [InlineData("1,NaN,x\n", "line 2: found \"NaN\" in column b; expected a finite number")]
    [InlineData("1,1e39,x\n", "line 2: found \"1e39\" in column b; expected a finite number")]
    [InlineData("1;5,2,x\n", "line 2: found \"1;5\" in column a; expected a finite number")]
    [InlineData("1,2,\n", "line 2: found an empty cell in column kind; expected a label")]
    [InlineData("1,2,1\n3,4,0.5\n", "line 3: label 0.5; expected a whole number or a text")]
    [InlineData("1,2,x\n3,4,y\n", "each of the 2 labels is there once; expected at least two")]
    [InlineData("", "no rows below the header; expected at least one")]
    public void A_bad_row_is_refused_with_its_line_its_column_and_what_was_expected(string rows, string expected) =>
        Assert.Contains($"own.csv: {expected}", Refused(Csv(Header + rows) with { Labels = "kind" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "the file is empty; expected a header")]
    [InlineData("1,2,3\n4,5,6\n", "line 1: found nothing but numbers; expected a header")]
    [InlineData("a,a,kind\n1,2,x\n", "2 columns are called \"a\"; expected a name for each column")]
    [InlineData("a,,kind\n1,2,x\n", "column 2 has no name; expected a name, or data.inputs")]
    public void A_bad_header_is_refused(string text, string expected) =>
        Assert.Contains(expected, Refused(Csv(text) with { Labels = "kind" }), StringComparison.Ordinal);

    [Fact]
    public void Settings_that_name_what_is_not_there_are_refused_with_what_is()
    {
        FileSettings table = Csv(Header + "1,2,x\n");

        Assert.StartsWith("data.labels: no column sort in ", Refused(table with { Labels = "sort" }), StringComparison.Ordinal);
        Assert.EndsWith("expected one of a, b, kind", Refused(table with { Labels = "sort" }), StringComparison.Ordinal);
        Assert.Contains("data.inputs: no column z*", Refused(table with { Inputs = "z*" }), StringComparison.Ordinal);
        Assert.Contains("data.inputs: the column kind is the labels", Refused(table with { Inputs = "a,kind", Labels = "kind" }), StringComparison.Ordinal);
        Assert.Contains("no such file", Refused(new() { File = _folder.File("none.csv") }), StringComparison.Ordinal);
        Assert.Contains("unknown kind of file", Refused(new() { File = _folder.File("own.xls") }), StringComparison.Ordinal);
        Assert.Contains("data.testShare", Refused(table with { TestFile = "other.csv", TestShare = 0.5 }), StringComparison.Ordinal);
        Assert.Contains("data.testLabels", Refused(table with { TestLabels = "kind" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_images_with_held_out_ones_beside_them_keep_their_order_and_shape()
    {
        byte[] pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        NpyWriter.WriteZip(
            _folder.File("own.npz"),
            ("x", NpyWriter.File("|u1", [4, 2, 3], pixels)),
            ("y", NpyWriter.File("<i8", [4], [.. new long[] { 7, 3, 7, 3 }.SelectMany(BitConverter.GetBytes)])),
            ("xt", NpyWriter.File("|u1", [1, 2, 3], [255, 0, 0, 0, 0, 51])),
            ("yt", NpyWriter.File("|u1", [1], [3])));

        StimulusSets sets = Load(
            new() { File = _folder.File("own.npz"), Inputs = "x", Labels = "y", TestInputs = "xt", TestLabels = "yt", Scale = ValueScale.Bytes });

        Assert.Equal((new PictureShape(3, 2), 4, 1), (sets.Picture, sets.Train.Count, sets.Test.Count));
        Assert.Equal([1, 0, 1, 0], Enumerable.Range(0, 4).Select(sets.Train.LabelOf));
        Assert.Equal(["1 0 0 0 0 0.2 0"], Rows(sets.Test));
    }

    [Fact]
    public void Bad_arrays_are_refused_with_their_name_and_row()
    {
        string path = _folder.File("own.npz");
        NpyWriter.WriteZip(
            path,
            ("x", NpyWriter.Floats([2, 2], 1, 2, 3, float.NaN)),
            ("y", NpyWriter.File("|u1", [3], [0, 1, 0])),
            ("o", NpyWriter.File("|O", [2], [1, 2])),
            ("g", NpyWriter.Floats([2, 2], 1, 2, 3, 4)),
            ("bomb", NpyWriter.File("|u1", [2, 2], new byte[50_000_000])));
        FileSettings settings = new() { File = path, Inputs = "g" };

        Assert.Contains("array x: row 2, value 2: found NaN; expected a finite number", Refused(settings with { Inputs = "x" }), StringComparison.Ordinal);
        Assert.Contains("array y: 3 of |u1; expected 2, a label for each example", Refused(settings with { Labels = "y" }), StringComparison.Ordinal);
        Assert.Contains("array o: ", Refused(settings with { Inputs = "o" }), StringComparison.Ordinal);
        Assert.Contains("pickled", Refused(settings with { Inputs = "o" }), StringComparison.Ordinal);
        Assert.Contains("found more bytes; expected the end of the file", Refused(settings with { Inputs = "bomb" }), StringComparison.Ordinal);
        Assert.Contains("expected one of x, y, o, g, bomb", Refused(settings with { Inputs = "z" }), StringComparison.Ordinal);
        Assert.Contains("data.inputs: missing; expected one of the arrays x, y, o, g, bomb", Refused(settings with { Inputs = null }), StringComparison.Ordinal);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^30]);
        Assert.Contains("own.npz: damaged", Refused(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_npy_files_are_inputs_and_labels()
    {
        File.WriteAllBytes(_folder.File("x.npy"), NpyWriter.Floats([4, 1], 1, 1, 1, 1));
        File.WriteAllBytes(_folder.File("y.npy"), NpyWriter.File("|S1", [4], "abab"u8.ToArray()));

        StimulusSets sets = Load(new() { File = _folder.File("x.npy"), LabelsFile = _folder.File("y.npy") });

        Assert.Equal(["a", "b"], sets.Labels);
        Assert.Contains("expected data.labelsFile", Refused(new() { File = _folder.File("x.npy"), Labels = "y" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_gives_what_the_same_table_as_text_gives()
    {
        string path = _folder.File("own.parquet");
        await WriteParquetAsync(path, [1, 2, 3, 4]);
        StimulusSets text = Load(Csv("a,b,kind\n1,10,x\n2,20,y\n3,30,x\n4,40,y\n") with { Labels = "kind" });

        StimulusSets sets = Load(new() { File = path, Labels = "kind" });

        Assert.Equal(StimulusFingerprint.Of(text), StimulusFingerprint.Of(sets));
        Assert.Equal(text.Labels, sets.Labels);
        Assert.Equal((2, path), FileSet.Instance.InputsInFile(new FileSettings { File = path, Labels = "kind" }));

        StimulusSets values = Load(new() { File = path, Inputs = "a", Targets = "b" });
        Assert.Equal(["b"], values.Labels);
        Assert.Matches(@"^([1-4]) -> \k<1>0$", TargetRow(values.Train));
    }

    [Fact]
    public async Task Bad_parquet_is_refused_with_column_and_row()
    {
        string path = _folder.File("own.parquet");
        await WriteParquetAsync(path, [1, null, 3, 4]);

        Assert.Contains("row 2: found no value in column a; expected a finite number", Refused(new() { File = path, Labels = "kind" }), StringComparison.Ordinal);
        Assert.Contains("column kind is of the type text; expected a column of numbers", Refused(new() { File = path, Inputs = "kind" }), StringComparison.Ordinal);
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 10, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains("cannot be read as Parquet", Refused(new() { File = path }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_range_of_the_training_examples_alone_decides_the_scale()
    {
        string test = _folder.File("test.csv");
        File.WriteAllText(test, "a,b,kind\n30,5,x\n");

        StimulusSets sets = Load(Csv("a,b,kind\n10,5,x\n20,5,x\n") with { Labels = "kind", TestFile = test, Scale = ValueScale.Range });

        Assert.Equal(["0 0 0", "1 0 0"], Rows(sets.Train));
        Assert.Equal(["2 0 0"], Rows(sets.Test));
        Assert.Empty(sets.Warnings);
    }

    [Fact]
    public void Values_that_most_models_do_not_expect_draw_a_warning() => Assert.Contains(
        "values from 0 to 255, where most models expect 0 to 1", Assert.Single(Load(Csv("a,b,kind\n0,255,x\n0,255,x\n") with { Labels = "kind" }).Warnings), StringComparison.Ordinal);

    [Fact]
    public void A_held_out_file_has_the_inputs_and_labels_of_the_training_examples_or_is_refused()
    {
        string test = _folder.File("test.csv");
        FileSettings settings = Csv(Header + "1,2,x\n1,2,y\n") with { Labels = "kind", TestFile = test };
        File.WriteAllText(test, Header + "1,2,z\n");
        Assert.Contains("test.csv: line 2: label z; expected x, y, the training labels", Refused(settings), StringComparison.Ordinal);
        File.WriteAllText(test, "a,kind\n1,x\n");
        Assert.Contains("test.csv: 1 inputs; expected 2", Refused(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_divides_alike_and_the_data_are_read_once_for_all_seeds()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},0,{i % 3}\n")));
        FileSettings settings = Csv(Header + rows) with { Labels = "kind", Binarise = 0.5 };
        StimulusSets first = Load(settings, seed: 1);

        Assert.Equal(StimulusFingerprint.Of(Load(settings, seed: 7)), StimulusFingerprint.Of(first.Of(7)));
        Assert.NotEqual(Enumerable.Range(0, 48).Select(first.Of(7).Train.LabelOf), Enumerable.Range(0, 48).Select(first.Train.LabelOf));
        Assert.Equal((48, 12), (first.Train.Count, first.Test.Count));
    }

    [Fact]
    public void Fewer_examples_are_the_first_of_the_division_and_more_than_there_are_is_refused()
    {
        string rows = string.Concat(Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},0,{i % 2}\n")));
        FileSettings settings = Csv(Header + rows) with { Labels = "kind" };

        Assert.Equal(Rows(Load(settings).Train).Take(5), Rows(Load(settings with { Train = 5 }).Train));
        Assert.Contains("40 training examples; the experiment asks for 41", Refused(settings with { Train = 41 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".csv", "a,b\n")]
    [InlineData(".npy", "\u0093NUMPY\u0001\0")]
    [InlineData(".npz", "PK\u0003\u0004")]
    [InlineData(".parquet", "PAR1")]
    public void Any_bytes_are_read_or_refused_with_the_name_of_the_file(string ending, string start) =>
        Gen.Byte.Array[0, 200].Sample(
            bytes =>
            {
                string path = _folder.File($"any{ending}");
                File.WriteAllBytes(path, [.. start.Select(letter => (byte)letter), .. bytes, .. ending == ".parquet" ? "PAR1"u8 : []]);
                try
                {
                    return Load(new() { File = path, Inputs = ending == ".npz" ? "x" : null }).Train.Count > 0;
                }
                catch (DataException error)
                {
                    return error.Message.Contains(path, StringComparison.Ordinal);
                }
            },
            threads: 1);

    [Fact]
    public void A_folder_of_files_is_where_the_files_are_wherever_their_paths_lead()
    {
        FileSettings settings = new() { File = "/there/a.csv", TestFile = "sub/b.csv", LabelsFile = "c.npy" };

        Assert.Equal(
            settings with { File = "/here/a.csv", TestFile = "/here/b.csv", LabelsFile = "/here/c.npy" }, settings.WithFolder("/here"));
    }

    private static StimulusSets Load(FileSettings settings, ulong seed = 1) => DataSetCatalog.Load(new(settings, settings.Folder, seed));

    private static string Refused(FileSettings settings) => Assert.Throws<DataException>(() => Load(settings)).Message;

    private static IEnumerable<string> Rows(IStimulusSet set)
    {
        float[] input = new float[set.InputSize];
        for (int i = 0; i < set.Count; i++)
        {
            set.CopyInput(i, input);
            yield return string.Join(' ', [.. input.Select(value => value.ToString(CultureInfo.InvariantCulture)), ClassText(set.LabelOf(i))]);
        }
    }

    private static string ClassText(int label) => label.ToString(CultureInfo.InvariantCulture);

    private static async Task WriteParquetAsync(string path, double?[] numbers)
    {
        DataField[] fields = [new DataField<double?>("a"), new DataField<long>("b"), new DataField<string>("kind")];
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync<double>(fields[0], numbers.AsMemory());
        await group.WriteAsync<long>(fields[1], new long[] { 10, 20, 30, 40 }.AsMemory());
        await group.WriteAsync(fields[2], ["x", "y", "x", "y"]);
        group.CompleteValidate();
    }

    private FileSettings Csv(string text)
    {
        File.WriteAllText(_folder.File("own.csv"), text);
        return new() { File = _folder.File("own.csv") };
    }

    private static string TargetRow(IStimulusSet set)
    {
        Assert.True(set.HasTargets);
        float[] input = new float[set.InputSize];
        float[] target = new float[set.Classes];
        set.CopyInput(0, input);
        set.CopyTarget(0, target);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', input)} -> {string.Join(' ', target)}");
    }
}
