using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether a run can reach the accuracy at which it is to end.</summary>
internal static class TargetCheck
{
    internal static void Run(CheckContext context)
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
