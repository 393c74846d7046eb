using System.ComponentModel.DataAnnotations;

namespace Nudge.Topology;

/// <summary>How the two weight copies of a bidirectional projection begin.</summary>
public enum Initialisation
{
    /// <summary>Both copies begin as each other's transpose.</summary>
    Symmetric,

    /// <summary>Each copy is drawn on its own.</summary>
    Independent,
}

/// <summary>How a learning rate changes with a connection's own count of updates.</summary>
public enum RateLaw
{
    /// <summary>Never.</summary>
    Constant,

    /// <summary>Falls in a straight line to zero over <see cref="RateSchedule.Over"/> updates.</summary>
    Linear,

    /// <summary>η / (1 + n / scale) after n updates.</summary>
    Inverse,
}

/// <summary>The schedule of a learning rate: <c>constant</c>, <c>linear</c>, or a map with a law.</summary>
public sealed record RateSchedule
{
    /// <summary>The law of decay.</summary>
    public RateLaw Law { get; init; } = RateLaw.Constant;

    /// <summary>Updates after which the rate of the inverse law has halved.</summary>
    [Range(0, 1e12, MinimumIsExclusive = true)]
    public double Scale { get; init; } = 5000;

    /// <summary>Updates after which the linear law reaches zero; by default those that the whole run is expected to make.</summary>
    [Range(1, 1e12)]
    public double? Over { get; init; }
}

/// <summary>One projection of an experiment file: synapses from the units of one population to those of another.</summary>
public sealed record ProjectionSettings
{
    /// <summary>The population that sends its activity.</summary>
    public required string From { get; init; }

    /// <summary>The population that receives it and owns the weights.</summary>
    public required string To { get; init; }

    /// <summary>Which unit is connected to which, and which connections share a weight: dense, or a kind with windows.</summary>
    public ConnectSettings Connect { get; init; } = new DenseConnect();

    /// <summary>Whether the reverse direction exists too, as a second weight copy that learns at the other end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>How the copies of a bidirectional projection begin.</summary>
    public Initialisation Init { get; init; } = Initialisation.Symmetric;

    /// <summary>Factor on the Glorot uniform bound √(6 / (fan-in + fan-out)), in a dense projection √(6 / (sources + targets)).</summary>
    [Range(0, 1e3)]
    public double Gain { get; init; } = 1;

    /// <summary>Standard deviation of normally distributed first weights; by default they follow the Glorot uniform law.</summary>
    [Range(0, 1e3)]
    public double? Deviation { get; init; }

    /// <summary>Learning rate η of both directions, before its schedule.</summary>
    [Range(0, 1e6)]
    public double Rate { get; init; } = 0.03;

    /// <summary>How the rate changes with the connection's own count of updates.</summary>
    public RateSchedule Schedule { get; init; } = new();

    /// <summary>Share of each weight that is lost at every update; by default <c>learning.decay</c>.</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double? Decay { get; init; }

    /// <summary>The learning rate before its schedule; 0 where the weights are fixed.</summary>
    internal double LearningRate => Connect.Learns ? Rate : 0;
}
