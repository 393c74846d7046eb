using Nudge.Placement;

namespace Nudge.Experiments.Checks;

/// <summary>Whether slices can be placed as asked, as far as this is known before there are nodes.</summary>
internal static class PlacementCheck
{
    private const string Path = "engine.placement";

    internal static void Run(CheckContext context)
    {
        try
        {
            if (PlacementStrategies.Parse(context.Settings.Engine.Placement, context.Catalogue) is not HandPlacement hand)
                return;
            foreach (string population in hand.Populations.Where(name => !context.Settings.Populations.ContainsKey(name)))
                context.Error(Path, $"{population}: there is no such population");
        }
        catch (PlacementException error)
        {
            context.Error(Path, error.Message);
        }
    }
}
