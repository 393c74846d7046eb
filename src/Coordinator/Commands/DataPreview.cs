using System.Text;
using Nudge.DataSets;
using Nudge.Signals;

namespace Nudge.Commands;

/// <summary>A data set for people to look at.</summary>
internal static class DataPreview
{
    private const string Shades = " .:-=+*#%@";
    private const int Side = 28;
    private const int Shown = 4;

    internal static void Print(TextWriter output, StimulusSets sets)
    {
        IStimulusSet train = sets.Train;
        output.WriteLine($"{sets.Name} ({sets.Origin})");
        output.WriteLine($"  {train.Count} training and {sets.Test.Count} held-out examples, {train.InputSize} inputs, {train.Classes} classes");
        int[] counts = new int[train.Classes];
        for (int i = 0; i < train.Count; i++)
            counts[train.LabelOf(i)]++;
        output.WriteLine($"  training examples by class: {string.Join(" ", counts)}");
        if (sets.Labels is not null)
            output.WriteLine($"  labels of the classes: {string.Join(" ", sets.Labels)}");
        foreach (string warning in sets.Warnings)
            output.WriteLine($"  warning: {warning}");
        if (train.InputSize != Side * Side)
            return;
        float[][] images = [.. Enumerable.Range(0, Math.Min(Shown, train.Count)).Select(i => Image(train, i))];
        for (int row = 0; row < Side; row += 2)
        {
            var line = new StringBuilder("  ");
            foreach (float[] image in images)
            {
                for (int column = 0; column < Side; column++)
                {
                    float grey = (image[(row * Side) + column] + image[((row + 1) * Side) + column]) / 2;
                    line.Append(Shades[(int)(grey * (Shades.Length - 1))]);
                }
            }

            output.WriteLine(line.ToString().TrimEnd());
        }

        output.WriteLine($"  labels: {string.Join(", ", Enumerable.Range(0, images.Length).Select(i => sets.Labels?[train.LabelOf(i)] ?? train.LabelOf(i)))}");
    }

    private static float[] Image(IStimulusSet set, int index)
    {
        float[] image = new float[set.InputSize];
        set.CopyInput(index, image);
        return image;
    }
}
