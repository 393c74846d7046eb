using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>Describes a run to the page.</summary>
internal static class NetworkDescription
{
    internal static NetworkFrame Of(RunMonitor monitor)
    {
        NetworkPlan network = monitor.Run.Network;
        (int width, int height) = ImageShape.Of(network.Input.Size, monitor.Run.Data.Picture);
        return new()
        {
            Name = monitor.Run.Settings.Name,
            Engine = monitor.Engine.Engine,
            Seed = monitor.Run.Settings.Seed,
            Folder = monitor.Folder,
            Mode = "live",
            Presentations = monitor.Run.Settings.Run.Presentations,
            Step = monitor.Run.Settings.Time.Step,
            // A page names class and answer where there are several classes; target values are none.
            Classes = monitor.Run.Data.Train.HasTargets ? [""] : [.. Enumerable.Range(0, monitor.Run.Data.Train.Classes).Select(monitor.Run.Data.NameOf)],
            Input = new(width, height),
            Populations =
            [
                .. network.Populations.Select(population => new PopulationPlanFrame(
                    population.Name,
                    population.Role.ToString().ToLowerInvariant(),
                    population.Size,
                    [.. network.SlicesOf(population).Select(one => new SlicePlanFrame(one.Index, one.Name, one.First, one.Count))])),
            ],
            Projections =
            [
                .. network.Projections.Where(one => !one.IsWithin).Select(one => new ProjectionPlanFrame(
                    one.Name,
                    InterventionTargets.ProjectionOf(one),
                    one.Source.Name,
                    one.Target.Name,
                    one.IsBackward,
                    one.Link.Delay.Definition.Name,
                    one.Link.Delay.MeanDelay,
                    one.Link.Loss.MeanLoss,
                    one.Link.Duplicate)),
            ],
            CanControl = true,
            Nodes = [],
            OwnNodes = [],
        };
    }
}
