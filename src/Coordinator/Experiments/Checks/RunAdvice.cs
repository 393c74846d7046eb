namespace Nudge.Experiments.Checks;

/// <summary>Warns of runs that turn out longer or larger than they look.</summary>
internal static class RunAdvice
{
    private const double Large = 4e9;

    internal static void Run(CheckContext context)
    {
        ExperimentSettings settings = context.Settings;
        long presentations = settings.Rounds * settings.Lanes;
        if (presentations != settings.Run.Presentations)
        {
            context.Warn(
                "run.presentations",
                $"{settings.Run.Presentations} is not a multiple of the " +
                $"{settings.Lanes} lanes: {presentations} will be made");
        }

        var sizes = settings.Populations.ToDictionary(p => p.Key, p => (double)p.Value.Size);
        double bytes = settings.Projections.Where(p => !p.Value.Connect.NeedsShapes).Sum(p => sizeof(float) * (p.Value.Bidirectional ? 2 : 1) *
            sizes.GetValueOrDefault(p.Value.From) * sizes.GetValueOrDefault(p.Value.To));
        if (bytes > Large)
            context.Warn("projections", $"the weights alone take {bytes / 1e9:0.#} GB of memory");
    }
}
