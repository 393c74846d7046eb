using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Warns of schedules with a parameter that their law does not read.</summary>
internal static class ScheduleAdvice
{
    internal static void Run(CheckContext context)
    {
        foreach ((string name, ProjectionSettings projection) in context.Settings.Projections)
        {
            (RateSchedule schedule, string path) = (projection.Schedule, $"projections.{name}.schedule");
            if (schedule.Law != RateLaw.Inverse && schedule.Scale != new RateSchedule().Scale)
                context.Warn($"{path}.scale", "has no effect unless the law is inverse");
            if (schedule.Law != RateLaw.Linear && schedule.Over is not null)
                context.Warn($"{path}.over", "has no effect unless the law is linear");
        }
    }
}
