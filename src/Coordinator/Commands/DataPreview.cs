using System.Globalization;
using System.Text;
using Nudge.DataSets;
using Nudge.Recording;
using Nudge.Reports;

namespace Nudge.Commands;

/// <summary>A data set for people to look at.</summary>
internal static class DataPreview
{
    private const string Shades = " .:-=+*#%@";
    private const int Widest = 112;
    private const int MostPictures = 4;
    private const int MostClasses = 30;

    internal static void Print(TextWriter output, StimulusSets sets, DataReport report)
    {
        output.WriteLine($"{sets.Name} ({VisibleText.Of(sets.Origin)})");
        output.WriteLine(
            $"  {sets.Train.Count} training and {sets.Test.Count} held-out examples, {sets.Train.InputSize} inputs, {report.Identity.Outputs}");
        if (sets.Train.HasTargets)
            output.WriteLine($"  target values: {string.Join(", ", report.Names.Take(MostClasses).Select(name => VisibleText.Of(name)))}");
        else
            PrintClasses(output, report);
        Print(output, "training", report.Train, report.Identity.Train);
        Print(output, "held-out", report.Test, report.Identity.Test);
        foreach (string warning in report.Warnings)
            output.WriteLine($"  warning: {VisibleText.Of(warning)}");
        if (ExamplePicture.ShapeOf(sets) is { } shape && shape.Width <= Widest)
            PrintPictures(output, sets, shape, report);
    }

    private static void PrintClasses(TextWriter output, DataReport report)
    {
        string[] names = [.. report.Names.Take(MostClasses).Select(name => VisibleText.Of(name))];
        int width = Math.Max("class".Length, names.Max(name => name.Length));
        output.WriteLine($"  {"class".PadRight(width)}  training  held-out");
        for (int i = 0; i < names.Length; i++)
            output.WriteLine($"  {names[i].PadRight(width)}  {report.Train.ByClass[i],8}  {report.Test.ByClass[i],8}");
        if (report.Names.Count > names.Length)
            output.WriteLine($"  … {report.Names.Count - names.Length} more classes; --json lists all");
    }

    private static void Print(TextWriter output, string part, DataNumbers numbers, DataPartSummary identity)
    {
        string of = identity.Hashed == identity.Examples ? "" : $" of {identity.Hashed} examples";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {part} values: {numbers.Least:0.####} to {numbers.Greatest:0.####}, mean {numbers.Mean:0.####}; SHA-256{of} {identity.Sha256}"));
    }

    private static void PrintPictures(TextWriter output, StimulusSets sets, PictureShape shape, DataReport report)
    {
        int count = Math.Min(Math.Clamp(Widest / shape.Width, 1, MostPictures), sets.Train.Count);
        var pictures = Enumerable.Range(0, count).Select(i => new ExamplePicture(sets.Train, i, shape)).ToArray();
        // A letter is about twice as high as wide.
        for (int row = 0; row < shape.Height; row += 2)
        {
            var line = new StringBuilder("  ");
            foreach (ExamplePicture picture in pictures)
            {
                for (int column = 0; column < shape.Width; column++)
                {
                    float grey = (picture.Grey(row, column) + picture.Grey(Math.Min(row + 1, shape.Height - 1), column)) / 2;
                    line.Append(Shades[(int)(grey * (Shades.Length - 1))]);
                }
            }

            output.WriteLine(line.ToString().TrimEnd());
        }

        if (!sets.Train.HasTargets)
            output.WriteLine($"  labels: {string.Join(", ", Enumerable.Range(0, count).Select(i => VisibleText.Of(report.Names[sets.Train.LabelOf(i)])))}");
    }
}
