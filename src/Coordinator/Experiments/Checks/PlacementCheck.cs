using Nudge.Placement;

namespace Nudge.Experiments.Checks;

/// <summary>Whether slices can be placed as asked, as far as it can be told before there are nodes.</summary>
internal static class PlacementCheck
{
    internal static void Run(CheckContext context)
    {
        string asked = context.Settings.Engine.Placement;
        try
        {
            PlacementStrategies.Parse(asked);
        }
        catch (PlacementException error)
        {
            context.Error("engine.placement", error.Message);
            return;
        }

        foreach (string name in asked.Split(',').Where(part => part.Contains('=', StringComparison.Ordinal)))
        {
            string population = name[..name.IndexOf('=', StringComparison.Ordinal)];
            if (!context.Settings.Populations.ContainsKey(population))
                context.Error("engine.placement", $"{population}: there is no such population");
        }
    }
}
