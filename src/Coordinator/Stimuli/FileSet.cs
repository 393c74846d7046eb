using System.Globalization;
using Nudge.DataSets;
using Nudge.Signals;

namespace Nudge.Stimuli;

internal sealed class FileSet()
    : DataSetDefinition<FileSettings>(
        "file", "Examples of one's own from a table (.csv, .parquet) or from arrays (.npz, .npy); held-out ones are drawn from the seed or named.")
{
    internal static readonly FileSet Instance = new();

    private const double UsualShare = 0.2;

    public override bool IsGrey => true;

    public override (int Inputs, string Path)? InputsInFile(DataSettings settings)
    {
        var file = (FileSettings)settings;
        file.ThrowIfContradictory();
        return File.Exists(file.File) ? (ExampleFile.Of(file.File).InputsOf(file.TrainFields), file.File) : null;
    }

    protected override (int Inputs, int Classes)? Shape(FileSettings settings) => null;

    protected override StimulusSets Load(FileSettings settings, string? folder, ulong seed)
    {
        settings.ThrowIfContradictory();
        ExampleTable table = ExampleFile.Of(settings.File).Read(settings.TrainFields);
        ClassLabels classes = table.Labels is null ? ClassLabels.Numbers(1) : ClassLabels.Of(table.Labels);
        string expected = $"{classes}, the training labels";
        int outputs = table.Targets is null ? classes.All.Count : table.TargetNames.Count;
        var all = new TableSet(table, NumbersOf(classes, table, expected), outputs);
        if (!settings.NamesTest)
            return Divided(settings, all, classes, table, seed);
        string testFile = settings.TestFile ?? settings.File;
        ExampleTable test = ExampleFile.Of(testFile).Read(settings.TestFields);
        if (test.Inputs != table.Inputs)
            throw new DataException($"{testFile}: {test.Inputs} inputs; expected {table.Inputs}, as the training examples have");
        if (test.TargetNames.Count != table.TargetNames.Count)
            throw new DataException($"{testFile}: {test.TargetNames.Count} target values; expected {table.TargetNames.Count}, as the training examples have");
        return Sets(settings, all, new TableSet(test, NumbersOf(classes, test, expected), outputs), classes, table);
    }

    private StimulusSets Divided(FileSettings settings, TableSet all, ClassLabels classes, ExampleTable table, ulong seed)
    {
        (int[] train, int[] test) = ExampleDivision.Of(all.Labels, all.Classes, settings.TestShare ?? UsualShare, seed);
        if (test.Length == 0)
        {
            throw new DataException(
                $"{settings.File}: each of the {all.Classes} labels is there once; expected at least two examples of a label, of which one is held out");
        }

        return Sets(settings, new PartSet(all, train), new PartSet(all, test), classes, table) with
        {
            BySeed = other => Divided(settings, all, classes, table, other),
        };
    }

    private StimulusSets Sets(FileSettings settings, IStimulusSet train, IStimulusSet test, ClassLabels classes, ExampleTable table)
    {
        ValueRange range = ValueRange.Of(train);
        (train, test) = (ScaledSet.Of(train, settings.Scale, range), ScaledSet.Of(test, settings.Scale, range));
        return new(First(train, settings.Train, "training", settings.File), First(test, settings.Test, "held-out", settings.File), Name, settings.File)
        {
            Folder = settings.File,
            Labels = table.Targets is not null ? table.TargetNames : classes.AreNumbers ? null : classes.All,
            Picture = table.Picture,
            Warnings = [.. Warnings(settings, range), .. TargetWarnings(settings, table)],
        };
    }

    private static string[] Warnings(FileSettings settings, ValueRange range)
    {
        (float least, float greatest) = (range.Least.Min(), range.Greatest.Max());
        return settings.Scale == ValueScale.None && (least < -1 || greatest > 1)
            ? [string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.File}: values from {least} to {greatest}, where most models expect 0 to 1; data.scale: range or bytes brings them there")]
            : [];
    }

    private static string[] TargetWarnings(FileSettings settings, ExampleTable table) =>
        table.Targets is { } targets && (targets.Min() < -1 || targets.Max() > 1)
            ? [string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.File}: target values from {targets.Min()} to {targets.Max()}, where the outputs of most models lie within 0 and 1; scale them before")]
            : [];

    private static IStimulusSet First(IStimulusSet set, int? wanted, string what, string path) =>
        wanted is not { } count || count == set.Count ? set
        : count < set.Count ? new PartSet(set, [.. Enumerable.Range(0, count)])
        : throw new DataException($"{path}: {set.Count} {what} examples; the experiment asks for {count}");

    private static int[] NumbersOf(ClassLabels classes, ExampleTable table, string expected) => table.Labels is { } labels
        ? classes.NumbersOf(labels, table.PlaceOf, expected)
        : new int[table.Count];
}
