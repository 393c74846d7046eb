using Nudge.Populations;
using Nudge.Stimuli;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the examples fit the populations; other files are checked when they are read.</summary>
internal static class ShapeCheck
{
    internal static void Run(CheckContext context)
    {
        DataSettings data = context.Settings.Data;
        if (data.Path is not null && data.Set is not ("mnist" or "idx"))
            context.Warn("data.path", $"{data.Set} is made by the program itself: no folder is read");
        foreach ((string name, int? size) in new[] { ("inputs", data.Inputs), ("classes", data.Classes) })
        {
            if (size is not null && data.Set != DataSetCatalog.RandomPatterns)
                context.Error($"data.{name}", $"{data.Set} has sizes of its own; expected none, or data.set: random-patterns");
        }

        if (DataSetCatalog.ShapeOf(data.Set, data.Inputs, data.Classes) is not { } shape)
            return;
        foreach ((string name, PopulationSettings population) in context.Settings.Populations)
        {
            string path = $"populations.{name}.size";
            if (population.Role == PopulationRole.Input && population.Size != shape.Inputs)
            {
                context.Error(
                    path,
                    $"{population.Size} units; expected {shape.Inputs}, the values of an example of {data.Set}");
            }

            if (population.Role == PopulationRole.Output && shape.Classes == 1)
                context.Error($"populations.{name}.role", $"{data.Set} has no labels; expected no output population");
            else if (population.Role == PopulationRole.Output && population.Size != shape.Classes)
                context.Error(path, $"{population.Size} units; expected {shape.Classes}, the classes of {data.Set}");
        }
    }
}
