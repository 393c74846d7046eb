using System.Text.Json.Nodes;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Stimuli;
using Nudge.DataSets;
using Nudge.Running;
using Nudge.Stimuli;
using SkiaSharp;

namespace Nudge.Coordinator.Tests.Commands;

public sealed class DataInfoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_without_labels_lists_its_columns_and_with_them_its_classes()
    {
        File.WriteAllText(_folder.File("own.csv"), "a,b,kind\n0,1,red\n1,0,blue\n0,1,red\n1,0,blue\n");

        Assert.Contains("own.csv: 3 columns\n  a\n  b\n  kind\n", Info("own.csv"), StringComparison.Ordinal);
        string shown = Info("own.csv", labels: "kind");
        Assert.Contains("2 training and 2 held-out examples, 2 inputs, 2 classes", shown, StringComparison.Ordinal);
        Assert.Matches("blue +1 +1\n +red +1 +1\n", shown);
        Assert.Contains("training values: 0 to 1, mean 0.5; SHA-256 ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_listed_with_their_shapes()
    {
        NpyWriter.WriteZip(_folder.File("own.npz"), ("x", NpyWriter.Floats([3, 2], 1, 2, 3, 4, 5, 6)), ("y", NpyWriter.File("|u1", [3], [1, 2, 1])));

        Assert.Contains("x: 3×2 of <f4\n  y: 3 of |u1\n", Info("own.npz"), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_hashes_of_a_run_and_the_numbers_of_each_part()
    {
        IdxWriter.WriteSet(_folder.File("idx"), [4, 9, 9]);
        StimulusSets sets = DataSetCatalog.Load(new(new IdxSettings(), _folder.File("idx")));

        JsonNode shown = JsonNode.Parse(Info("idx", json: true))!;

        Assert.Equal(DataSummaries.Of(sets).Train.Sha256, (string?)shown["train"]!["sha256"]);
        Assert.Equal("[4,9]", shown["labels"]!.ToJsonString());
        Assert.Equal("[1,2]", shown["test"]!["byClass"]!.ToJsonString());
        Assert.Equal(250 / 255f, (float)shown["train"]!["greatest"]!, 1e-6f);
    }

    [Fact]
    public void An_experiment_shows_its_data_with_its_seed()
    {
        File.WriteAllText(_folder.File("own.csv"), string.Concat("a,kind\n", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n"))));
        File.WriteAllText(_folder.File("own.yaml"), $$"""
            name: own
            seed: 5
            data: {file: "{{_folder.File("own.csv")}}", labels: kind, scale: range}
            populations:
              in: {role: input, size: 1}
              out: {role: output, size: 2}
            projections:
              in-out: {from: in, to: out}
            """);

        string five = Info("own.yaml");

        Assert.Equal(five, Info("own.yaml", seed: 5));
        Assert.NotEqual(five, Info("own.yaml", seed: 6));
    }

    [Fact]
    public void A_picture_has_a_row_for_each_class_and_shows_what_the_examples_show()
    {
        IdxWriter.WriteSet(_folder.File("idx"), [4, 9]);

        Info("idx", png: _folder.File("sheet.png"));

        using SKBitmap sheet = SKBitmap.Decode(_folder.File("sheet.png"));
        Assert.Equal((2 * (48 + 6)) + 6, sheet.Height);
        // The image of the first label has its first pixel on, that of the second label its second one.
        int left = sheet.Width - (10 * (48 + 6));
        Assert.True(sheet.GetPixel(left + 5, 6 + 5).Red < 20);
        Assert.True(sheet.GetPixel(left + 17, 6 + 5).Red > 200);
        Assert.True(sheet.GetPixel(left + 17, 60 + 5).Red < 20);
    }

    [Theory]
    [InlineData("nothing", "no data set, folder, file or experiment of this name")]
    [InlineData("xor", "--png: the 2 values of an example of the truth table fill no square")]
    public void What_cannot_be_shown_is_refused(string what, string expected) => Assert.Contains(
        expected, Assert.Throws<DataException>(() => Info(what, png: _folder.File("sheet.png"), isName: true)).Message, StringComparison.Ordinal);

    private string Info(
        string what, string? labels = null, ulong? seed = null, string? png = null, bool json = false, bool isName = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        DataInfo.Execute(new(isName ? what : _folder.File(what), DataFolder.None, null, labels, seed, png, json), output);
        return output.ToString();
    }
}
