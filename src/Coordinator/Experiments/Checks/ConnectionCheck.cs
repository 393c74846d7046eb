using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether populations have sizes, and the shapes and cuts that the windows of their projections need.</summary>
internal static class ConnectionCheck
{
    private const long MostUnits = 1_000_000;

    internal static void Run(CheckContext context)
    {
        foreach ((string name, PopulationSettings population) in context.Settings.Populations)
            Size(context, name, population);
        foreach ((string name, ProjectionSettings projection) in context.Settings.Projections)
        {
            if (projection.Connect.NeedsShapes)
                Windows(context, name, projection);
        }
    }

    private static void Size(CheckContext context, string name, PopulationSettings population)
    {
        string path = $"populations.{name}";
        if (population.Shape is not { } shape)
        {
            if (population.Size == 0)
                context.Error($"{path}.size", $"missing; expected a whole number from 1 to {MostUnits}, or {path}.shape");
            if (CutOf(context, population).Kind == GranularityKind.Channels)
                context.Error(CutPath(name, population), $"{name} has no channels; expected {path}.shape, or another cut");
        }
        else if (shape.Units > MostUnits)
        {
            context.Error($"{path}.shape", $"{shape} are {shape.Units} units; expected at most {MostUnits}");
        }
        else if (population.Size != shape.Units)
        {
            context.Error($"{path}.shape", $"{shape} are {shape.Units} units, and size is {population.Size}; expected one number, or no size");
        }
    }

    private static void Windows(CheckContext context, string name, ProjectionSettings projection)
    {
        string path = $"projections.{name}.connect";
        string kind = projection.Connect.Definition.Name;
        if (!context.Model.AllowsWindows)
        {
            context.Error(path, $"{context.Model.Name} reads single weights, which {kind} does not give it; expected dense");
            return;
        }

        if (projection.From == projection.To)
        {
            context.Error(path, $"couplings within {projection.From} have no windows; expected dense");
            return;
        }

        if (Find(context, projection.From) is not { } source || Find(context, projection.To) is not { } target
            || !HasShape(context, kind, projection.From, source) | !HasShape(context, kind, projection.To, target))
            return;
        projection.Connect.Check(new(path, projection.From, source.Shape!, projection.To, target.Shape!, context));
        Cut(context, kind, projection.To, target);
        if (projection.Bidirectional)
            Cut(context, kind, projection.From, source);
        if (!projection.Connect.Learns && context.IsWritten($"projections.{name}.rate"))
            context.Warn($"projections.{name}.rate", $"has no effect: the weights of {kind} are fixed");
    }

    // Another check reports a population that is not there.
    private static PopulationSettings? Find(CheckContext context, string name) =>
        context.Settings.Populations.FirstOrDefault(one => one.Key == name).Value;

    private static bool HasShape(CheckContext context, string kind, string name, PopulationSettings population)
    {
        if (population.Shape is not null)
            return true;
        context.Error(
            $"populations.{name}.shape",
            $"missing; {kind} needs it; expected {{height, width, channels}} whose product is {(population.Size > 0 ? population.Size : "the size")}");
        return false;
    }

    private static void Cut(CheckContext context, string kind, string name, PopulationSettings population)
    {
        GranularitySettings cut = CutOf(context, population);
        PopulationShape shape = population.Shape!;
        int units = cut.UnitsPerSlice(population.Size, shape.Positions);
        if (units % shape.Positions == 0)
            return;
        context.Error(
            CutPath(name, population),
            $"slices of {units} of the {shape} units of {name} divide a channel, whose {shape.Positions} units {kind} keeps together; "
            + "expected layer or {channels: n}");
    }

    private static GranularitySettings CutOf(CheckContext context, PopulationSettings population) =>
        population.Granularity
        ?? (population.Role == PopulationRole.Input ? GranularitySettings.Layer : context.Settings.Granularity);

    private static string CutPath(string name, PopulationSettings population) =>
        population.Granularity is null ? "granularity" : $"populations.{name}.granularity";
}
