using ScottPlot;
using SkiaSharp;

namespace Nudge.Reports;

/// <summary>
/// The font of all figures, carried by the program itself: a container has none, and text would silently be missing.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    private const string Resource = "fonts/sans.ttf";
    private static readonly byte[] Bytes = Read();

    static PlotFont() => Fonts.FontResolvers.Insert(0, new PlotFont());

    /// <summary>Name of the font.</summary>
    internal static string Family => "DejaVu Sans";

    /// <summary>The font, for what is drawn without the plotting library.</summary>
    internal static SKTypeface Typeface() => SKTypeface.FromData(SKData.CreateCopy(Bytes));

    /// <summary>Names similar fonts in an SVG, whose reader draws with fonts of its own.</summary>
    internal static string NameSubstitutes(string svg) => svg.Replace(
        $"font-family=\"{Family}\"", $"font-family=\"{Family}, Verdana, sans-serif\"", StringComparison.Ordinal);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? SKTypeface.FromData(SKData.CreateCopy(Bytes)) : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static byte[] Read()
    {
        using Stream stream = typeof(PlotFont).Assembly.GetManifestResourceStream(Resource)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
