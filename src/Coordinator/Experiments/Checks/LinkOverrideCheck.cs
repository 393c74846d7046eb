using Nudge.Experiments.Binding;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the links named under <c>links.overrides</c> exist.</summary>
internal static class LinkOverrideCheck
{
    internal static void Run(CheckContext context)
    {
        string[] known = [.. context.Settings.Projections.SelectMany(p => NamesOf(p.Key, p.Value))];
        foreach (string name in context.Settings.Links.Overrides.Keys.Where(n => !known.Contains(n)))
        {
            string guess = Suggestion.For(name, known);
            context.Error($"links.overrides.{name}", $"unknown link{guess}; expected {Words.Either(known)}");
        }
    }

    internal static string[] NamesOf(string name, ProjectionSettings projection) => projection.Bidirectional
        ? [name, $"{name}.forward", $"{name}.backward"]
        : [name, $"{name}.forward"];
}
