namespace Nudge.Experiments.Checks;

/// <summary>What cannot be measured of a network whose units deviate from the model.</summary>
internal static class DeviceCheck
{
    internal static void Run(CheckContext context)
    {
        if (context.Settings.Devices.IsIdeal)
            return;
        if (context.Settings.Run.TruthEvery > 0)
            context.Error("run.truthEvery", "the exact gradient is that of a network without deviating devices; expected 0");
        if (context.Settings.Run.Likelihood is LikelihoodOracle.Exact or LikelihoodOracle.Annealed)
            context.Error("run.likelihood", "the likelihood is that of a machine without deviating devices; expected none");
    }
}
