namespace Nudge.Reproductions;

/// <summary>The same experiment as its file has it, with lost and late messages, and on links that neither lose nor delay any.</summary>
internal static class IdealLinks
{
    private static readonly string[] Overrides = ["links.activity.loss=none", "links.activity.delay=none", "clocks.jitter=0"];

    /// <summary>The name of the arm on ideal links.</summary>
    /// <param name="arm">Name of the arm with faults.</param>
    internal static string Of(string arm) => arm + ", ideal links";

    /// <summary>The arm with faults and the one on ideal links.</summary>
    /// <param name="name">Name of the arm with faults.</param>
    /// <param name="experiment">The embedded experiment.</param>
    /// <param name="quick">Settings that make both short.</param>
    internal static IEnumerable<Arm> Both(string name, string experiment, IReadOnlyList<string> quick) =>
    [
        new() { Name = name, Experiment = experiment, QuickOverrides = quick },
        new() { Name = Of(name), Experiment = experiment, Overrides = Overrides, QuickOverrides = quick },
    ];
}
