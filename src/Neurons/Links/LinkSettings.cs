using System.ComponentModel.DataAnnotations;

namespace Nudge.Links;

/// <summary>Whether a later message may overtake an earlier one.</summary>
public enum LinkOrder
{
    /// <summary>It may.</summary>
    Any,

    /// <summary>It waits for the earlier one.</summary>
    FirstInFirstOut,
}

/// <summary>
/// A window of time in which a link carries nothing, in τ since the run began. An intervention that ends by itself: the link is cut and
/// heals between two phases.
/// </summary>
public sealed record PartitionWindow
{
    /// <summary>The link is cut at the first end of a phase at or after this time, in τ.</summary>
    [Range(0, 1e12)]
    public required double From { get; init; }

    /// <summary>It heals at the first end of a later phase at or after this time, in τ.</summary>
    [Range(0, 1e12)]
    public required double Until { get; init; }
}

/// <summary>When a slice sends its activity.</summary>
public enum SendWhen
{
    /// <summary>At every step, all units.</summary>
    EveryStep,

    /// <summary>When a unit has changed, and then the units that changed.</summary>
    Change,

    /// <summary>
    /// All units at a step at which few enough messages of the link lack an acknowledgement; each is sent again until
    /// acknowledged. A baseline: what a reliable connection does.
    /// </summary>
    Acknowledged,
}

/// <summary>When activity is sent.</summary>
public sealed record SendSettings
{
    /// <summary>When.</summary>
    public SendWhen When { get; init; } = SendWhen.EveryStep;

    /// <summary>With <c>change</c>: a unit is sent once it differs by as much from what was last sent of it.</summary>
    [Range(0, 1e6)]
    public double Threshold { get; init; } = 0.01;

    /// <summary>
    /// With <c>change</c>: all units are sent again after as long without having sent them all, in τ of the slice's own time;
    /// 0 for never.
    /// </summary>
    [Range(0, 1e6)]
    public double KeepAlive { get; init; }

    /// <summary>
    /// With <c>change</c>: a receiver that finds a gap in the numbers of a sender's messages asks it to send all units once
    /// (negative acknowledgement).
    /// </summary>
    public bool RequestMissing { get; init; }

    /// <summary>
    /// With <c>change</c>: time constant, in τ, with which what a receiver holds of a unit decays towards zero. The sender
    /// knows it, and sends a unit again once the trace differs from it by the threshold. What was lost is so forgotten, and a unit that
    /// stays active is repeated; 0 for no decay.
    /// </summary>
    [Range(0, 1e6)]
    public double Trace { get; init; }

    /// <summary>With <c>acknowledged</c>: time without an acknowledgement after which a message is sent again, in τ.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double RetransmitAfter { get; init; } = 2;

    /// <summary>
    /// With <c>acknowledged</c>: messages of a link that may lack an acknowledgement; while so many do, steps send nothing along
    /// it.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Window { get; init; } = 1;
}

/// <summary>How one link treats its messages.</summary>
public record LinkSettings
{
    /// <summary>A link that loses, delays and repeats nothing.</summary>
    public static LinkSettings Ideal { get; } = new();

    /// <summary>Delay of each message.</summary>
    public DelaySettings Delay { get; init; } = new NoDelay();

    /// <summary>Loss of messages.</summary>
    public LossSettings Loss { get; init; } = new NoLoss();

    /// <summary>Share of messages that arrive twice, the second time after a delay of its own.</summary>
    [Range(0, 1)]
    public double Duplicate { get; init; }

    /// <summary>Whether a later message may overtake an earlier one.</summary>
    public LinkOrder Order { get; init; } = LinkOrder.Any;

    /// <summary>Windows in which the link is cut, by name.</summary>
    public IReadOnlyDictionary<string, PartitionWindow> Partitions { get; init; } =
        new Dictionary<string, PartitionWindow>();
}

/// <summary>The links between populations.</summary>
public sealed record ActivityLinkSettings : LinkSettings
{
    /// <summary>When a slice sends its activity along all of its links.</summary>
    public SendSettings Send { get; init; } = new();
}

/// <summary>The links from the coordinator that carry stimuli and nudges.</summary>
public sealed record ControlLinkSettings
{
    /// <summary>Delay of each message.</summary>
    public DelaySettings Delay { get; init; } = new NoDelay();

    /// <summary>Loss of messages.</summary>
    public LossSettings Loss { get; init; } = new NoLoss();

    /// <summary>Share of messages that arrive twice.</summary>
    [Range(0, 1)]
    public double Duplicate { get; init; }

    /// <summary>Whether a later message may overtake an earlier one.</summary>
    public LinkOrder Order { get; init; } = LinkOrder.Any;

    /// <summary>Windows in which the link is cut, by name.</summary>
    public IReadOnlyDictionary<string, PartitionWindow> Partitions { get; init; } =
        new Dictionary<string, PartitionWindow>();

    /// <summary>Whether a message is sent again until acknowledged or superseded by the next phase.</summary>
    public bool Retry { get; init; } = true;

    /// <summary>Time without an acknowledgement after which a message is sent again, in τ.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double RetryAfter { get; init; } = 1;

    /// <summary>The same settings as those of any link.</summary>
    public LinkSettings ToLink() => new()
    {
        Delay = Delay,
        Loss = Loss,
        Duplicate = Duplicate,
        Order = Order,
        Partitions = Partitions,
    };
}

/// <summary>All links of an experiment file.</summary>
public sealed record LinksSettings
{
    /// <summary>Links between populations.</summary>
    public ActivityLinkSettings Activity { get; init; } = new();

    /// <summary>Links from the coordinator to input and output populations.</summary>
    public ControlLinkSettings Control { get; init; } = new();

    /// <summary>Links that carry phase tags of their own, used with <c>learning.tags: broadcast</c>.</summary>
    public LinkSettings Phase { get; init; } = new();

    /// <summary>
    /// Links that differ from <see cref="Activity"/>, by the name of a projection (both directions) or of one direction of it:
    /// <c>hidden-label</c>, <c>hidden-label.forward</c>, <c>hidden-label.backward</c>.
    /// </summary>
    public IReadOnlyDictionary<string, LinkSettings> Overrides { get; init; } = new Dictionary<string, LinkSettings>();

    /// <summary>How messages travel along one direction of a projection.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="backward">Whether against its direction.</param>
    public LinkSettings Of(string projection, bool backward) =>
        Overrides.GetValueOrDefault($"{projection}.{(backward ? "backward" : "forward")}")
        ?? Overrides.GetValueOrDefault(projection)
        ?? Activity;
}
