using Nudge.Experiments.Binding;
using Nudge.Links;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the laws of delay and loss have what they need.</summary>
internal static class LinkCheck
{
    internal static void Run(CheckContext context)
    {
        foreach ((string path, LinkSettings link) in All(context.Settings.Links))
        {
            Delay(context, $"{path}.delay", link.Delay);
            Loss(context, $"{path}.loss", link.Loss);
            foreach ((string name, PartitionWindow window) in link.Partitions)
                Partition(context, $"{path}.partitions.{name}", window);
        }
    }

    /// <summary>Every link of a file with its path.</summary>
    internal static IEnumerable<(string Path, LinkSettings Link)> All(LinksSettings links) =>
    [
        ("links.activity", links.Activity),
        ("links.control", links.Control.ToLink()),
        ("links.phase", links.Phase),
        .. links.Overrides.Select(o => ($"links.overrides.{o.Key}", o.Value)),
    ];

    private static void Delay(CheckContext context, string path, DelaySettings delay)
    {
        if (delay.Law == DelayLaw.None && delay.Mean > 0)
            context.Warn($"{path}.mean", "has no effect while the law is none: name a law beside it");
        if (delay.Law != DelayLaw.None && !context.IsWritten($"{path}.mean"))
        {
            context.Error(
                $"{path}.mean",
                $"missing; expected the mean of the law {Words.Kebab(delay.Law.ToString())}, in τ");
        }

        if (delay.Law == DelayLaw.Uniform && delay.Spread > delay.Mean)
        {
            context.Error(
                $"{path}.spread",
                $"{delay.Spread} would make some delays negative; expected at most the mean, {delay.Mean}");
        }
    }

    private static void Loss(CheckContext context, string path, LossSettings loss)
    {
        if (loss.Law == LossLaw.None && loss.Rate > 0)
            context.Warn($"{path}.rate", "has no effect while the law is none: name a law beside it");
        if (loss.Law != LossLaw.None && !context.IsWritten($"{path}.rate"))
            context.Error($"{path}.rate", "missing; expected the share of messages lost, from 0 to 1");
        if (loss.Law != LossLaw.None && loss.Rate >= 1)
            context.Warn($"{path}.rate", "every message is lost");
        double shortest = loss.Rate / (1 - loss.Rate);
        if (loss.Law == LossLaw.GilbertElliott && loss.Rate < 1 && shortest > loss.Burst)
        {
            context.Error(
                $"{path}.burst",
                $"bursts of {loss.Burst} messages cannot lose a share " +
                $"of {loss.Rate}; expected at least {shortest:0.###}");
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
