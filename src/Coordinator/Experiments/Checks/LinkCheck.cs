using Nudge.Links;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the laws of delay and loss have what they need.</summary>
internal static class LinkCheck
{
    internal static void Run(CheckContext context)
    {
        foreach ((string path, LinkSettings link) in All(context.Settings.Links))
        {
            link.Delay.Check($"{path}.delay", context);
            link.Loss.Check($"{path}.loss", context);
            foreach ((string name, PartitionWindow window) in link.Partitions)
                Partition(context, $"{path}.partitions.{name}", window);
        }

        Send(context, context.Settings.Links.Activity.Send);
    }

    /// <summary>Every link of a file with its path.</summary>
    internal static IEnumerable<(string Path, LinkSettings Link)> All(LinksSettings links) =>
    [
        ("links.activity", links.Activity),
        ("links.control", links.Control.ToLink()),
        ("links.phase", links.Phase),
        .. links.Overrides.Select(o => ($"links.overrides.{o.Key}", o.Value)),
    ];

    private static void Send(CheckContext context, SendSettings send)
    {
        var usual = new SendSettings();
        (string Setting, bool IsUsual, SendWhen Needs)[] settings =
        [
            ("threshold", send.Threshold == usual.Threshold, SendWhen.Change),
            ("keepAlive", send.KeepAlive == usual.KeepAlive, SendWhen.Change),
            ("trace", send.Trace == usual.Trace, SendWhen.Change),
            ("requestMissing", send.RequestMissing == usual.RequestMissing, SendWhen.Change),
            ("retransmitAfter", send.RetransmitAfter == usual.RetransmitAfter, SendWhen.Acknowledged),
            ("window", send.Window == usual.Window, SendWhen.Acknowledged),
        ];
        foreach ((string setting, _, SendWhen needs) in settings.Where(one => !one.IsUsual && one.Needs != send.When))
        {
            context.Warn(
                $"links.activity.send.{setting}", $"has no effect without when: {needs.ToString().ToLowerInvariant()}");
        }
    }

    private static void Partition(CheckContext context, string path, PartitionWindow window)
    {
        if (window.Until <= window.From)
        {
            context.Error(
                $"{path}.until",
                $"{window.Until} is no later than the cut at {window.From}; expected a later time");
        }
    }
}
