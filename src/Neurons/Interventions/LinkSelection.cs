using Nudge.Topology;

namespace Nudge.Interventions;

/// <summary>Which links an intervention is about, by a word.</summary>
internal static class LinkSelection
{
    /// <summary>All links between populations.</summary>
    internal const string All = "all";

    /// <summary>The coordinator's links, which carry stimuli and nudges.</summary>
    internal const string Control = "control";

    /// <summary>Links that carry phase tags of their own.</summary>
    internal const string Phase = "phase";

    private const string Forward = ".forward";
    private const string Backward = ".backward";

    /// <summary>Whether a word selects a direction of a projection.</summary>
    internal static bool Selects(string links, ProjectionPlan projection) =>
        links == All || links == ProjectionOf(projection) || links == DirectionOf(projection);

    /// <summary>The name of a projection, whatever the direction.</summary>
    internal static string ProjectionOf(ProjectionPlan projection)
    {
        string name = projection.Name;
        return name.EndsWith(Forward, StringComparison.Ordinal) ? name[..^Forward.Length]
            : name.EndsWith(Backward, StringComparison.Ordinal) ? name[..^Backward.Length]
            : name;
    }

    /// <summary>The name of one direction, also of a projection that has only one.</summary>
    internal static string DirectionOf(ProjectionPlan projection) =>
        ProjectionOf(projection) + (projection.IsBackward ? Backward : Forward);
}
