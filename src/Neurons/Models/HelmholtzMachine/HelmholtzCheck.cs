using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>
/// Whether populations and projections make a Helmholtz machine: layers by their distance from the input, with projections in
/// both directions between neighbouring ones and nowhere else.
/// </summary>
internal static class HelmholtzCheck
{
    internal static void Run(ModelCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Examples.IsGrey)
        {
            check.Findings.Warn(
                "data.binarise", "binary units are clamped to grey values, and what they generate is binary: binarise at 0.5");
        }

        foreach ((string name, PopulationSettings population) in check.Populations)
        {
            if (check.Findings.IsWritten($"populations.{name}.activation"))
                check.Findings.Warn($"populations.{name}.activation", "has no effect: units of a Helmholtz machine are binary");
            if (population.Role == PopulationRole.Output)
            {
                check.Findings.Error(
                    $"populations.{name}.role", "a helmholtz-machine models its input and gives no answer; expected hidden");
            }
        }

        IReadOnlyDictionary<string, int> layers = HelmholtzLayers.Of(check.Populations, check.Projections);
        foreach ((string name, ProjectionSettings projection) in check.Projections)
            CheckProjection(check, layers, $"projections.{name}", projection);
    }

    private static void CheckProjection(
        ModelCheck check, IReadOnlyDictionary<string, int> layers, string path, ProjectionSettings projection)
    {
        if (projection.From == projection.To)
        {
            check.Findings.Error($"{path}.to", $"units of {projection.To} are independent given other layers; expected another population");
            return;
        }

        // What is not connected to the input is reported as that.
        if (!layers.TryGetValue(projection.From, out int from) || !layers.TryGetValue(projection.To, out int to))
            return;
        if (from == to)
        {
            check.Findings.Error(
                $"{path}.to",
                $"{projection.From} and {projection.To} are equally far from the input, so that neither recognises nor generates the "
                + "other; expected populations of neighbouring layers");
        }
        else if (!projection.Bidirectional && !HasReverse(check, projection))
        {
            check.Findings.Error(
                $"{path}.bidirectional",
                $"no {(from < to ? "generative" : "recognition")} synapses from {projection.To} to {projection.From}; expected true, or a "
                + "projection of its own in that direction");
        }
    }

    private static bool HasReverse(ModelCheck check, ProjectionSettings projection) =>
        check.Projections.Values.Any(one => one.From == projection.To && one.To == projection.From);
}
