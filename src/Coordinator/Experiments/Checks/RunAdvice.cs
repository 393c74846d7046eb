using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether a run can end as it is asked to; warns of runs that turn out longer or larger than they look.</summary>
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

        Target(context);
        var sizes = settings.Populations.ToDictionary(p => p.Key, p => (double)p.Value.Size);
        double bytes = settings.Projections.Sum(p => sizeof(float) * (p.Value.Bidirectional ? 2 : 1) *
            sizes.GetValueOrDefault(p.Value.From) * sizes.GetValueOrDefault(p.Value.To));
        if (bytes > Large)
            context.Warn("projections", $"the weights alone take {bytes / 1e9:0.#} GB of memory");
    }

    private static void Target(CheckContext context)
    {
        ExperimentSettings settings = context.Settings;
        if (settings.Run.UntilAccuracy is null)
            return;
        if (context.Model.HasLikelihood && settings.Populations.Values.All(one => one.Role != PopulationRole.Output))
            context.Error("run.untilAccuracy", "the network gives no answers that could be correct; expected none");
        else if (settings.Run.EvaluateEvery == 0)
            context.Error("run.untilAccuracy", "only evaluations during training can reach it; expected run.evaluateEvery above 0");
        else if (settings.Run.EvaluateEvery >= settings.Run.Presentations)
        {
            context.Warn(
                "run.untilAccuracy",
                $"the first evaluation comes at the end, after {settings.Run.Presentations} presentations; expected a smaller run.evaluateEvery");
        }
    }
}
