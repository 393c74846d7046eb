using Nudge.DataSets;
using Nudge.Signals;
using SkiaSharp;

namespace Nudge.Reports;

/// <summary>Examples of each class on one sheet: a row a class with its label, its first training examples side by side.</summary>
internal static class ExampleSheet
{
    private const int MostClasses = 64;
    private const int Columns = 10;
    private const int Gap = 6;
    private const int SmallestPicture = 48;
    private const int FontSize = 18;

    /// <summary>Draws the sheet.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="DataException">The examples are no pictures.</exception>
    internal static byte[] Png(StimulusSets sets)
    {
        PictureShape shape = ExamplePicture.ShapeOf(sets)
            ?? throw new DataException($"--png: the {sets.Train.InputSize} values of an example of {sets.Origin} fill no square; expected pictures");
        int zoom = Math.Max(1, (SmallestPicture + shape.Width - 1) / shape.Width);
        (int width, int height) = (shape.Width * zoom, shape.Height * zoom);
        int rows = sets.Train.HasTargets ? 1 : Math.Min(sets.Train.Classes, MostClasses);
        using SKTypeface typeface = PlotFont.Typeface();
        using var font = new SKFont(typeface, FontSize);
        string[] names = sets.Train.HasTargets ? [""] : [.. Enumerable.Range(0, rows).Select(sets.NameOf)];
        int left = (int)names.Max(name => font.MeasureText(name)) + (2 * Gap);
        int pitch = Math.Max(height, FontSize) + Gap;
        using var sheet = new SKBitmap(left + (Columns * (width + Gap)), (rows * pitch) + Gap);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        IReadOnlyList<int>[] examples = FirstOf(sets.Train, rows);
        for (int row = 0; row < rows; row++)
        {
            int top = Gap + (row * pitch);
            canvas.DrawText(names[row], left - Gap, top + (height / 2f) + (FontSize / 3f), SKTextAlign.Right, font, ink);
            for (int column = 0; column < examples[row].Count; column++)
                Draw(sheet, new(sets.Train, examples[row][column], shape), shape, zoom, left + (column * (width + Gap)), top);
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static IReadOnlyList<int>[] FirstOf(IStimulusSet set, int classes)
    {
        var found = new List<int>[classes];
        for (int i = 0; i < classes; i++)
            found[i] = [];
        for (int i = 0; i < set.Count; i++)
        {
            int label = set.LabelOf(i);
            if (label < classes && found[label].Count < Columns)
                found[label].Add(i);
        }

        return found;
    }

    // Grey is drawn as ink on paper, where 0 is white; colours as they are.
    private static void Draw(SKBitmap sheet, ExamplePicture picture, PictureShape shape, int zoom, int left, int top)
    {
        for (int y = 0; y < shape.Height * zoom; y++)
        {
            for (int x = 0; x < shape.Width * zoom; x++)
            {
                (int row, int column) = (y / zoom, x / zoom);
                SKColor colour = shape.Channels == 1
                    ? Grey(1 - picture.Grey(row, column))
                    : new(Byte(picture.Value(row, column, 0)), Byte(picture.Value(row, column, 1)), Byte(picture.Value(row, column, 2)));
                sheet.SetPixel(left + x, top + y, colour);
            }
        }
    }

    private static SKColor Grey(float value) => new(Byte(value), Byte(value), Byte(value));

    private static byte Byte(float value) => (byte)Math.Round(255 * value);
}
