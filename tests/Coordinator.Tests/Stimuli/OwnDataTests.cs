using Nudge.DataSets;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

/// <summary>Data sets of users: names of files, formats of labels and numbers of classes that MNIST does not have.</summary>
public sealed class OwnDataTests : IDisposable
{
    private static readonly int[] Letters = [.. Enumerable.Range(1, 26), .. Enumerable.Range(1, 26)];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_need_not_begin_at_0_nor_be_contiguous()
    {
        IdxWriter.WriteSet(_folder.Path, [7, 40, 7, 12, 40, 12]);

        StimulusSets sets = Load();

        Assert.Equal(3, sets.Train.Classes);
        Assert.Equal([0, 2, 0, 1, 2, 1], Enumerable.Range(0, 6).Select(sets.Train.LabelOf));
        Assert.Equal(["7", "12", "40"], sets.Labels);
    }

    [Fact]
    public void Labels_that_are_the_numbers_of_the_classes_need_no_mapping()
    {
        IdxWriter.WriteSet(_folder.Path, [0, 1, 2, 1]);

        Assert.Null(Load().Labels);
    }

    [Fact]
    public void A_part_of_the_training_examples_has_the_classes_of_all()
    {
        IdxWriter.WriteSet(_folder.Path, Letters);

        StimulusSets sets = DataSetCatalog.Load(new(new IdxSettings { Train = 5 }, _folder.Path));

        Assert.Equal((5, 26), (sets.Train.Count, sets.Train.Classes));
    }

    [Theory]
    [InlineData("{0}-{1}-{2}", "t10k", false, false)]
    [InlineData("{0}-{1}.{2}", "t10k", false, false)]
    [InlineData("{0}-{1}.{2}", "t10k", true, false)]
    [InlineData("emnist-letters-{0}-{1}-{2}", "test", true, false)]
    [InlineData("qmnist-{0}-{1}-{2}", "test", true, true)]
    [InlineData("{0}-{1}-{2}", "test", false, true)]
    public void Files_are_found_by_the_names_that_copies_of_mnist_emnist_and_qmnist_have(
        string names, string test, bool zipped, bool table)
    {
        IdxWriter.WriteSet(_folder.Path, [3, 9, 9, 4], names, test, zipped, table);

        StimulusSets sets = Load();

        Assert.Equal((4, 4, 16), (sets.Train.Count, sets.Test.Count, sets.Train.InputSize));
        Assert.Equal([0, 2, 2, 1], Enumerable.Range(0, 4).Select(sets.Train.LabelOf));
    }

    [Fact]
    public void A_folder_with_several_sets_asks_for_the_prefix_and_takes_it()
    {
        IdxWriter.WriteSet(_folder.Path, [0, 1], "emnist-digits-{0}-{1}-{2}", "test");
        IdxWriter.WriteSet(_folder.Path, [1, 2, 3], "emnist-letters-{0}-{1}-{2}", "test");

        DataException error = Assert.Throws<DataException>(Load);

        Assert.Contains("expected data.prefix with one of emnist-digits-, emnist-letters-", error.Message, StringComparison.Ordinal);
        StimulusSets letters = DataSetCatalog.Load(new(new IdxSettings { Prefix = "emnist-letters-" }, _folder.Path));
        Assert.Equal(3, letters.Train.Classes);
    }

    [Fact]
    public void A_folder_without_the_files_is_refused_with_the_names_that_are_looked_for()
    {
        File.WriteAllText(_folder.File("notes.txt"), "");

        DataException error = Assert.Throws<DataException>(Load);

        foreach (string part in new[] { _folder.Path, "training images", "PREFIXtrain-images-idx3-ubyte", ".gz", "data.path" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_out_label_that_was_never_trained_is_refused_with_its_place()
    {
        IdxWriter.WriteSet(_folder.Path, [1, 2]);
        string labels = _folder.File("t10k-labels-idx1-ubyte");
        byte[] bytes = File.ReadAllBytes(labels);
        bytes[^1] = 9;
        File.WriteAllBytes(labels, bytes);

        DataException error = Assert.Throws<DataException>(Load);

        Assert.Equal($"{labels}: example 1: label 9; expected 1 to 2, the training labels", error.Message);
    }

    [Fact]
    public void Files_that_are_not_those_of_mnist_are_not_called_mnist()
    {
        IdxWriter.WriteSet(_folder.Path, [0, 1, 2, 3]);

        StimulusSets sets = DataSetCatalog.Load(new(new MnistSettings(), _folder.Path));

        Assert.Equal("idx", sets.Name);
        Assert.Contains("not those of MNIST", Assert.Single(sets.Warnings), StringComparison.Ordinal);
        Assert.Equal(10, sets.Train.Classes);
    }

    [SkippableFact]
    public void The_files_of_mnist_are_called_mnist()
    {
        string? folder = Environment.GetEnvironmentVariable(DataSetCatalog.FolderVariable);
        Skip.If(folder is null, "NUDGE_DATA names no folder of MNIST files.");

        StimulusSets sets = DataSetCatalog.Load(new(new MnistSettings { Train = 10, Test = 10 }, folder));

        Assert.Equal("mnist", sets.Name);
        Assert.Empty(sets.Warnings);
    }

    [Fact]
    public void One_pixel_changes_the_fingerprint_of_its_part_alone()
    {
        IdxWriter.WriteSet(_folder.Path, [0, 1]);
        StimulusSets before = Load();
        IdxWriter.Damage(_folder.File("train-images-idx3-ubyte"));
        StimulusSets after = Load();

        Assert.NotEqual(StimulusFingerprint.PartOf(before, before.Train), StimulusFingerprint.PartOf(after, after.Train));
        Assert.Equal(StimulusFingerprint.PartOf(before, before.Test), StimulusFingerprint.PartOf(after, after.Test));
        Assert.NotEqual(StimulusFingerprint.Of(before), StimulusFingerprint.Of(after));
    }

    private StimulusSets Load() => DataSetCatalog.Load(new(new IdxSettings(), _folder.Path));
}
