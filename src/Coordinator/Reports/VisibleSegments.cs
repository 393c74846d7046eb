using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nudge.Reports;

/// <summary>Lets no text that is shown control the terminal; what the console itself sends passes.</summary>
internal sealed class VisibleSegments : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(one => new Visible(one));

    private sealed class Visible(IRenderable shown) : Renderable
    {
        protected override Measurement Measure(RenderOptions options, int maxWidth) => shown.Measure(options, maxWidth);

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => shown
            .Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak
                ? segment
                : new Segment(VisibleText.Of(segment.Text), segment.Style));
    }
}
