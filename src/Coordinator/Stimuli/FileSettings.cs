using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Nudge.Catalogue;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>How the values of a file are changed before a network sees them.</summary>
public enum ValueScale
{
    /// <summary>They stay as they are.</summary>
    None,

    /// <summary>They are divided by 255.</summary>
    Bytes,

    /// <summary>Each input's least and greatest value in the training examples become 0 and 1.</summary>
    Range,
}

/// <summary>Examples of one's own from a table (.csv, .parquet) or from arrays (.npz, .npy).</summary>
public sealed record FileSettings : DataSettings
{
    /// <summary>Makes settings for a file that is still to be named.</summary>
    [SetsRequiredMembers]
    public FileSettings() => File = "";

    /// <summary>
    /// The file: .csv with a header, .parquet, .npz or .npy. A relative path is taken from the folder in which the program is started,
    /// and ~ is the home folder. <c>--data</c> names a folder in which the files of these names are, wherever the paths lead.
    /// </summary>
    public required string File { get; init; }

    /// <summary>
    /// The values of an example. In a table: names of columns, separated by commas, where pixel* takes all that begin so and a..b all from a to b;
    /// by default all columns but the labels. In .npz: the name of an array, whose first dimension is the examples.
    /// </summary>
    public string? Inputs { get; init; }

    /// <summary>The column or array of labels: whole numbers or texts. Without it there is one class.</summary>
    public string? Labels { get; init; }

    /// <summary>
    /// Values that the output is to take, in the place of labels: columns, named as those of <see cref="Inputs"/>, or an array of .npz whose
    /// first dimension is the examples.
    /// </summary>
    public string? Targets { get; init; }

    /// <summary>A .npy file of labels, for a .npy file of inputs.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>A file of held-out examples, of the same kind; without it, they are drawn from the file.</summary>
    public string? TestFile { get; init; }

    /// <summary>The inputs of held-out examples; by default named as those of the training examples.</summary>
    public string? TestInputs { get; init; }

    /// <summary>The labels of held-out examples; by default named as those of the training examples.</summary>
    public string? TestLabels { get; init; }

    /// <summary>The target values of held-out examples; by default named as those of the training examples.</summary>
    public string? TestTargets { get; init; }

    /// <summary>A .npy file of the labels of held-out examples.</summary>
    public string? TestLabelsFile { get; init; }

    /// <summary>
    /// The share of each class that is held out, drawn from the seed of the run; 0.2 by default. It has no place where held-out examples are
    /// named.
    /// </summary>
    [Range(0.001, 0.999)]
    public double? TestShare { get; init; }

    /// <summary>
    /// How values are changed: none; bytes divides by 255; range brings each input's least and greatest value in the training examples to
    /// 0 and 1, so that held-out values may lie outside.
    /// </summary>
    public ValueScale Scale { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => FileSet.Instance;

    /// <inheritdoc/>
    public override string? Folder => System.IO.Path.GetDirectoryName(File) is { Length: > 0 } folder ? folder : ".";

    /// <inheritdoc/>
    public override DataSettings WithFolder(string folder) =>
        WithPaths((path, _) => System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path)));

    /// <inheritdoc/>
    public override DataSettings WithPaths(Func<string, string, string> replacement)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        return this with
        {
            File = replacement(File, "data.file"),
            LabelsFile = LabelsFile is null ? null : replacement(LabelsFile, "data.labelsFile"),
            TestFile = TestFile is null ? null : replacement(TestFile, "data.testFile"),
            TestLabelsFile = TestLabelsFile is null ? null : replacement(TestLabelsFile, "data.testLabelsFile"),
        };
    }

    /// <summary>Whether held-out examples are named, and not drawn.</summary>
    internal bool NamesTest => TestFile is not null || TestInputs is not null;

    /// <summary>What the training examples are read from.</summary>
    internal ExampleFields TrainFields => new(Inputs, Labels, LabelsFile, "") { Targets = Targets };

    /// <summary>What the held-out examples are read from.</summary>
    internal ExampleFields TestFields => new(TestInputs ?? Inputs, TestLabels ?? Labels, TestLabelsFile, "test")
    {
        Targets = TestTargets ?? Targets,
    };

    /// <summary>Refuses settings that contradict each other.</summary>
    /// <exception cref="DataException">They do.</exception>
    internal void ThrowIfContradictory()
    {
        if (File.Length == 0)
            throw new DataException("data.file: missing; expected a .csv, .parquet, .npz or .npy file");
        if (NamesTest && TestShare is not null)
            throw new DataException($"data.testShare: {TestShare} beside {(TestFile is null ? "data.testInputs" : "data.testFile")}; expected one of them");
        if (TestInputs is not null && TestFile is null && !File.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new DataException("data.testInputs: only .npz holds held-out examples beside the others; expected data.testFile too");
        if (Targets is not null && (Labels is not null || LabelsFile is not null))
            throw new DataException("data.targets: labels are named too; expected labels or target values");
        if (TestTargets is not null && (Targets is null || !NamesTest))
            throw new DataException($"data.testTargets: {(Targets is null ? "no data.targets; expected them too" : "no held-out inputs; expected data.testFile or data.testInputs too")}");
        if (!NamesTest && (TestLabels is not null || TestLabelsFile is not null))
            throw new DataException("data.testLabels: no held-out inputs; expected data.testFile or data.testInputs too");
        if (LabelsFile is not null && NamesTest && TestLabelsFile is null)
            throw new DataException("data.testLabelsFile: missing; expected a .npy file, as data.labelsFile is given");
    }
}
