namespace Nudge.Running;

/// <summary>Chooses the engine by its name.</summary>
public static class EngineFactory
{
    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["virtual", "actors"];

    /// <summary>Makes an engine for a run that has not begun.</summary>
    public static IEngineRun Create(string name, PreparedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return name switch
        {
            "virtual" => new VirtualRun(run.Network, run.Conductor),
            "actors" => new ActorRun(run.Network, run.Conductor, run.Settings.Engine),
            _ => throw new ArgumentException($"unknown engine {name}; expected {string.Join(" or ", Names)}", nameof(name)),
        };
    }
}
