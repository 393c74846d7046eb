using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Relaxation;
using SkiaSharp;

namespace Nudge.Reports;

/// <summary>What a Boltzmann machine takes each label to look like: a column a label, a row a chain.</summary>
internal static class GeneratedImages
{
    private const int Chains = 6;
    private const int Steps = 400;
    private const int Zoom = 3;
    private const int Gap = 8;
    private const int Header = 40;

    /// <summary>Draws the sheet, if the network has labels and its input is a square image.</summary>
    internal static void Save(RunDirectory directory, NetworkPlan network, NetworkWeights weights)
    {
        int side = (int)Math.Sqrt(network.Input.Size);
        if (network.Output is not { } label || side * side != network.Input.Size)
            return;
        int cell = (side * Zoom) + Gap;
        using var sheet = new SKBitmap((label.Size * cell) + Gap, (Chains * cell) + Header + Gap);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var typeface = PlotFont.Typeface();
        using var font = new SKFont(typeface, 22);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var sampling = new LabelledSampling(network, weights);
        for (int column = 0; column < label.Size; column++)
        {
            float middle = Gap + (column * cell) + ((cell - Gap) / 2f);
            canvas.DrawText($"{column}", middle, Header - 12, SKTextAlign.Center, font, ink);
            for (int row = 0; row < Chains; row++)
                Draw(canvas, sampling.Sample(column, row, Steps), side, Gap + (column * cell), Header + (row * cell));
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100);
        directory.Write(RunFiles.Generated, png.SaveTo);
    }

    private static void Draw(SKCanvas canvas, float[] image, int side, int left, int top)
    {
        for (int i = 0; i < image.Length; i++)
        {
            byte shade = (byte)(255 - (255 * Math.Clamp(image[i], 0, 1)));
            using var paint = new SKPaint { Color = new SKColor(shade, shade, shade) };
            canvas.DrawRect(left + (i % side * Zoom), top + (i / side * Zoom), Zoom, Zoom, paint);
        }
    }
}
