namespace Nudge.Experiments.Checks;

/// <summary>Checks between settings, each of which is in order by itself.</summary>
internal static class ExperimentChecks
{
    /// <summary>Runs every check whose sections could be read, so that one error does not hide the others.</summary>
    internal static void Run(CheckContext context)
    {
        (Action<CheckContext> Check, string[] Reads)[] checks =
        [
            (ProjectionCheck.Run, ["populations", "projections", "model"]),
            (ConnectionCheck.Run, ["populations", "projections", "granularity", "model"]),
            (
                DefinitionCheck.Model,
                ["populations", "projections", "model", "learning", "lanes", "granularity", "data", "phases"]
            ),
            (LikelihoodCheck.Run, ["populations", "projections", "model", "run"]),
            (DeviceCheck.Run, ["devices", "run"]),
            (LikelihoodCheck.Rows, ["data", "model", "run"]),
            (TargetCheck.Run, ["populations", "model", "run"]),
            (ShapeCheck.Run, ["data", "populations", "model"]),
            (LinkCheck.Run, ["links"]),
            (LinkOverrideCheck.Run, ["links", "projections"]),
            (InterventionCheck.Run, ["interventions", "populations", "projections", "run"]),
            (PlacementCheck.Run, ["engine", "populations"]),
            (PhaseCheck.Run, ["phases", "time"]),
            (DefinitionCheck.Rule, ["learning", "model", "phases"]),
            (LaneOrderCheck.Run, ["phases", "lanes", "learning", "model"]),
            (LocalityCheck.Run, ["learning", "model"]),
            (PhaseAdvice.Run, ["phases", "learning", "time", "model"]),
            (DelayAdvice.Run, ["phases", "learning", "time", "links", "model", "populations", "projections", "run", "data"]),
            (GateAdvice.Run, ["learning", "links"]),
            (ScheduleAdvice.Run, ["projections"]),
            (RunAdvice.Run, ["run", "lanes", "populations", "projections"]),
        ];

        // Decided before any of them runs: what one check finds must not disable the next.
        foreach (var (check, _) in checks.Where(c => !context.Findings.In(c.Reads)).ToList())
            check(context);
    }
}
