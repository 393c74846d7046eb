using Nudge.DataSets;
using Nudge.Randomness;

namespace Nudge.Stimuli;

/// <summary>Paints one digit with an anti-aliased pen. Uses exact operations only.</summary>
internal static class DigitPainter
{
    private const int Side = DigitSet.Side;
    private const int PiecesPerSpan = 6;

    internal static void Paint(int digit, ExampleDraws draws, Span<byte> pixels)
    {
        IReadOnlyList<Stroke[]> variants = DigitStrokes.Variants[digit];
        Stroke[] strokes = variants[(int)(draws.Uniform() * variants.Count)];
        var hand = Hand.Of(ref draws);
        Span<float> ink = stackalloc float[Side * Side];
        ink.Clear();
        foreach (Stroke stroke in strokes)
            Draw(stroke, hand, ref draws, ink);
        Finish(ink, hand, ref draws, pixels);
    }

    private static void Draw(Stroke stroke, in Hand hand, ref ExampleDraws draws, Span<float> ink)
    {
        int count = stroke.Points.Length;
        Span<(double X, double Y)> points = stackalloc (double, double)[count];
        for (int i = 0; i < count; i++)
        {
            points[i] = hand.Place(
                stroke.Points[i].X + draws.Around(hand.Wobble), stroke.Points[i].Y + draws.Around(hand.Wobble));
        }

        (double X, double Y) from = points[0];
        for (int i = 0; i + 1 < count; i++)
        {
            int pieces = stroke.Smooth ? PiecesPerSpan : 1;
            for (int piece = 1; piece <= pieces; piece++)
            {
                (double X, double Y) to = piece == pieces ? points[i + 1] : Curve(points, i, (double)piece / pieces);
                Line(from, to, hand.Thickness, ink);
                from = to;
            }
        }
    }

    /// <summary>The Catmull–Rom spline between points i and i + 1.</summary>
    private static (double X, double Y) Curve(ReadOnlySpan<(double X, double Y)> points, int i, double t)
    {
        (double X, double Y) a = points[Math.Max(i - 1, 0)];
        (double X, double Y) b = points[i];
        (double X, double Y) c = points[i + 1];
        (double X, double Y) d = points[Math.Min(i + 2, points.Length - 1)];
        return (Blend(a.X, b.X, c.X, d.X, t), Blend(a.Y, b.Y, c.Y, d.Y, t));
    }

    private static double Blend(double a, double b, double c, double d, double t)
    {
        double cubic = (3 * (b - c)) + d - a;
        double square = (2 * a) - (5 * b) + (4 * c) - d;
        return b + (0.5 * t * (c - a + (t * (square + (t * cubic)))));
    }

    private static void Line((double X, double Y) from, (double X, double Y) to, double thickness, Span<float> ink)
    {
        double reach = thickness + 1;
        int left = Math.Max(0, (int)(Math.Min(from.X, to.X) - reach));
        int right = Math.Min(Side - 1, (int)(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach));
        int bottom = Math.Min(Side - 1, (int)(Math.Max(from.Y, to.Y) + reach));
        (double dx, double dy) = (to.X - from.X, to.Y - from.Y);
        double inverse = 1 / Math.Max(1e-9, (dx * dx) + (dy * dy));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                (double px, double py) = (x - from.X, y - from.Y);
                double along = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                (double ex, double ey) = (px - (along * dx), py - (along * dy));
                double cover = thickness + 0.5 - Math.Sqrt((ex * ex) + (ey * ey));
                ref float pixel = ref ink[(y * Side) + x];
                pixel = Math.Max(pixel, (float)Math.Clamp(cover, 0, 1));
            }
        }
    }

    private static void Finish(ReadOnlySpan<float> ink, in Hand hand, ref ExampleDraws draws, Span<byte> pixels)
    {
        RandomBlock block = default;
        for (int i = 0; i < pixels.Length; i++)
        {
            if ((i & 3) == 0)
                block = draws.Block();
            double noise = block.Uniform(i & 3);
            // Ink is uneven, and a few specks lie about; silent pixels stay exactly silent, which keeps images sparse.
            double value = noise < hand.Specks ? noise / hand.Specks : ink[i] * (1 - (hand.Fade * noise));
            pixels[i] = (byte)(Math.Clamp(value, 0, 1) * 255);
        }
    }
}
