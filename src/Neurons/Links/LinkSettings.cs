using System.ComponentModel.DataAnnotations;

namespace Nudge.Links;

/// <summary>The law of a message's delay.</summary>
public enum DelayLaw
{
    /// <summary>Arrives as soon as time can tell it apart.</summary>
    None,

    /// <summary>Always the mean.</summary>
    Constant,

    /// <summary>Uniform on [mean − spread, mean + spread].</summary>
    Uniform,

    /// <summary>Exponential.</summary>
    Exponential,

    /// <summary>Log-normal with coefficient of variation cv.</summary>
    LogNormal,

    /// <summary>Gamma with coefficient of variation cv (shape 1 / cv²).</summary>
    Gamma,

    /// <summary>Pareto with tail index shape: heavy-tailed, and for shape ≤ 2 without a variance.</summary>
    Pareto,
}

/// <summary>The delay of a link, in τ.</summary>
public sealed record DelaySettings
{
    /// <summary>The law.</summary>
    public DelayLaw Law { get; init; } = DelayLaw.None;

    /// <summary>Mean delay in τ.</summary>
    [Range(0, 1e6)]
    public double Mean { get; init; }

    /// <summary>Half-width of the uniform law in τ; at most the mean.</summary>
    [Range(0, 1e6)]
    public double Spread { get; init; }

    /// <summary>Coefficient of variation of the log-normal and gamma laws.</summary>
    [Range(0, 100, MinimumIsExclusive = true)]
    public double Cv { get; init; } = 1;

    /// <summary>Tail index of the Pareto law.</summary>
    [Range(1, 100, MinimumIsExclusive = true)]
    public double Shape { get; init; } = 2.5;
}

/// <summary>The law of message loss.</summary>
public enum LossLaw
{
    /// <summary>Nothing is lost.</summary>
    None,

    /// <summary>Each message is lost on its own.</summary>
    Independent,

    /// <summary>Two-state Markov chain over messages: none is lost in the good state, all are in the bad one (Gilbert 1960; Elliott 1963).</summary>
    GilbertElliott,
}

/// <summary>The loss of a link.</summary>
public sealed record LossSettings
{
    /// <summary>The law.</summary>
    public LossLaw Law { get; init; } = LossLaw.None;

    /// <summary>Mean share of messages lost.</summary>
    [Range(0, 1)]
    public double Rate { get; init; }

    /// <summary>Mean number of messages in one burst of the Gilbert–Elliott law.</summary>
    [Range(1, 1e6)]
    public double Burst { get; init; } = 10;
}

/// <summary>Whether a later message may overtake an earlier one.</summary>
public enum LinkOrder
{
    /// <summary>It may.</summary>
    Any,

    /// <summary>It waits for the earlier one.</summary>
    FirstInFirstOut,
}

/// <summary>A window of time in which a link carries nothing, in τ since the run began.</summary>
public sealed record PartitionWindow
{
    /// <summary>When the link is cut, in τ.</summary>
    [Range(0, 1e12)]
    public required double From { get; init; }

    /// <summary>When it heals, in τ.</summary>
    [Range(0, 1e12)]
    public required double Until { get; init; }
}

/// <summary>How one link treats its messages.</summary>
public sealed record LinkSettings
{
    /// <summary>A link that loses, delays and repeats nothing.</summary>
    public static LinkSettings Ideal { get; } = new();

    /// <summary>Delay of each message.</summary>
    public DelaySettings Delay { get; init; } = new();

    /// <summary>Loss of messages.</summary>
    public LossSettings Loss { get; init; } = new();

    /// <summary>Share of messages that arrive twice, the second time after a delay of its own.</summary>
    [Range(0, 1)]
    public double Duplicate { get; init; }

    /// <summary>Whether a later message may overtake an earlier one.</summary>
    public LinkOrder Order { get; init; } = LinkOrder.Any;

    /// <summary>Windows in which the link is cut, by name.</summary>
    public IReadOnlyDictionary<string, PartitionWindow> Partitions { get; init; } =
        new Dictionary<string, PartitionWindow>();
}

/// <summary>The links from the coordinator that carry stimuli and nudges.</summary>
public sealed record ControlLinkSettings
{
    /// <summary>Delay of each message.</summary>
    public DelaySettings Delay { get; init; } = new();

    /// <summary>Loss of messages.</summary>
    public LossSettings Loss { get; init; } = new();

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
    public LinkSettings Activity { get; init; } = new();

    /// <summary>Links from the coordinator to input and output populations.</summary>
    public ControlLinkSettings Control { get; init; } = new();

    /// <summary>Links that carry phase tags of their own, used with <c>learning.tags: broadcast</c>.</summary>
    public LinkSettings Phase { get; init; } = new();

    /// <summary>
    /// Links that differ from <see cref="Activity"/>, by the name of a projection (both directions) or of one direction of it:
    /// <c>hidden-label</c>, <c>hidden-label.forward</c>, <c>hidden-label.backward</c>.
    /// </summary>
    public IReadOnlyDictionary<string, LinkSettings> Overrides { get; init; } = new Dictionary<string, LinkSettings>();
}
