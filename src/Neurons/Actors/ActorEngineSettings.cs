using System.ComponentModel.DataAnnotations;

namespace Nudge.Actors;

/// <summary>What paces the actors.</summary>
public enum Pacing
{
    /// <summary>Arriving messages: they coalesce into one step, and an actor rests when nothing changes.</summary>
    FreeRunning,

    /// <summary>The wall clock.</summary>
    WallClock,
}

/// <summary>The engines in an experiment file.</summary>
public sealed record ActorEngineSettings
{
    /// <summary>What paces the actors.</summary>
    public Pacing Pacing { get; init; } = Pacing.FreeRunning;

    /// <summary>The membrane time constant in wall time, in milliseconds; read by wall-clock pacing only.</summary>
    [Range(50, 1e6)]
    public double TauMilliseconds { get; init; } = 50;

    /// <summary>After how long a rest an actor sends its activity once more for the first time, in milliseconds.</summary>
    [Range(1, 1e6)]
    public double KeepAliveMilliseconds { get; init; } = 20;

    /// <summary>
    /// In virtual time: how many threads run the slices, one slice at a time each. Results do not depend on it.
    /// </summary>
    [Range(1, 1024)]
    public int Loops { get; init; } = 1;

    /// <summary>
    /// How far a free-running slice may run ahead of the oldest time that it has received from its neighbours, in τ; at least one
    /// step. More than that hides the time that messages take between machines; what a slice receives may then be older by
    /// as much.
    /// </summary>
    [Range(0, 64)]
    public double Lag { get; init; } = 1;

    /// <summary>
    /// Which slice goes to which node of a cluster: spread, cost, neighbourhood, or by hand as population=node,population=node.
    /// <c>--placement</c> comes before it.
    /// </summary>
    public string Placement { get; init; } = "spread";
}
