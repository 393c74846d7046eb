using ScottPlot;

namespace Nudge.Reports;

/// <summary>
/// Lines of text below a figure, in columns of equal width. A legend is no place for them: before its figure has been drawn once it does
/// not know how much room it has, and leaves out what it takes to be too much.
/// </summary>
internal sealed class TextPanel : IPanel
{
    private const float LineHeight = 28;
    private const float Space = 12;
    private readonly string[] _lines;
    private readonly int _columns;
    private readonly LabelStyle _style;

    internal TextPanel(IEnumerable<string> lines, int columns, Color colour)
    {
        _lines = [.. lines];
        _columns = columns;
        _style = new()
        {
            FontName = PlotFont.Family,
            FontSize = PlotStyle.TextSize,
            ForeColor = colour,
            Alignment = Alignment.UpperLeft,
        };
    }

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge => Edge.Bottom;

    public bool ShowDebugInformation { get; set; }

    /// <summary>Pixels that the lines take.</summary>
    internal int Height => (int)((Rows * LineHeight) + Space);

    private int Rows => (_lines.Length + _columns - 1) / _columns;

    public float Measure(Paint paint) => Height;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        ArgumentNullException.ThrowIfNull(rp);
        PixelRect panel = GetPanelRect(rp.DataRect, size, offset, rp.Paint);
        for (int i = 0; i < _lines.Length; i++)
        {
            _style.Text = _lines[i];
            // Down the first column before the second one begins.
            float left = panel.Left + (i / Rows * panel.Width / _columns);
            _style.Render(rp.Canvas, new Pixel(left, panel.Top + (Space / 2) + (i % Rows * LineHeight)), rp.Paint);
        }
    }
}
