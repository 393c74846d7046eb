using Nudge.Links;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>What can become of a message, in the order of the bars. Each message and copy has one fate.</summary>
/// <param name="Name">As the legend calls it.</param>
/// <param name="Short">As a value beside a bar calls it.</param>
/// <param name="Colour">Colour of its piece.</param>
/// <param name="Text">Colour of text on the piece.</param>
/// <param name="CountOf">Messages of a link that had it.</param>
internal sealed record Fate(string Name, string Short, Color Colour, Color Text, Func<LedgerEntry, long> CountOf)
{
    internal static IReadOnlyList<Fate> All { get; } =
    [
        new("delivered and used", "used", PlotStyle.Blue, Colors.White, link => link.Delivered - link.Superseded),
        new("superseded by a newer one", "superseded", PlotStyle.Sky, Colors.Black, link => link.Superseded),
        new("lost", "lost", PlotStyle.Vermilion, Colors.White, link => link.Lost),
        new("cut", "cut", PlotStyle.Orange, Colors.Black, link => link.Cut),
        new("conflated by the sender", "conflated", PlotStyle.SkyText, Colors.White, link => link.Conflated),
        new("lost by the network", "really lost", PlotStyle.GreyText, Colors.White, link => link.RealLost),
        new("in flight", "in flight", PlotStyle.Grey, Colors.Black, link => link.InFlight),
    ];
}
