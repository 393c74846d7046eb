using Nudge.Models;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the examples fit the populations; other files are checked when they are read.</summary>
internal static class ShapeCheck
{
    internal static void Run(CheckContext context)
    {
        ExampleTraits examples = context.Settings.Data.Traits;
        if (examples is not { Inputs: int inputs, Classes: int classes })
            return;
        foreach ((string name, PopulationSettings population) in context.Settings.Populations)
        {
            string path = $"populations.{name}.size";
            if (population.Role == PopulationRole.Input && population.Size != inputs)
            {
                context.Error(
                    path,
                    $"{population.Size} units; expected {inputs}, the values of an example of {examples.Name}");
            }

            if (population.Role == PopulationRole.Output && classes == 1)
                context.Error($"populations.{name}.role", $"{examples.Name} has no labels; expected no output population");
            else if (population.Role == PopulationRole.Output && population.Size != classes)
                context.Error(path, $"{population.Size} units; expected {classes}, the classes of {examples.Name}");
        }
    }
}
