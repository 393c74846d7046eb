using System.Reflection;
using Nudge.Experiments;
using Nudge.Runs;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>This program as one that makes whole runs for others.</summary>
internal static class NodeRuns
{
    /// <summary>The program with the commit that it was built from, where that is known.</summary>
    internal static string Version { get; } =
        typeof(NodeRuns).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>How a node makes runs.</summary>
    /// <param name="atATime">Runs at a time.</param>
    /// <param name="data">The node's folder of data files.</param>
    internal static RunHosting Hosting(int atATime, string? data) => new(Version, atATime, () =>
    {
        var stimuli = new SharedStimuli(data);
        return (order, shown, cancellation) => RunAsync(order, stimuli, shown, cancellation);
    });

    /// <summary>A run as others can make it.</summary>
    internal static RunOrder OrderOf(PoolJob job) =>
        new(SettingsWriter.ToYaml(job.Settings, explained: false), job.VariancePhases);

    private static async Task<RunNumbers> RunAsync(
        RunOrder order, SharedStimuli stimuli, Action<long> shown, CancellationToken cancellation)
    {
        ExperimentSettings settings = Read(order.Experiment);
        HeadlessResult result = await JobRun.RunAsync(
            settings, Data(settings, stimuli), order.VariancePhases, shown, cancellation);
        return new([.. result.Metrics], result.WallSeconds, result.EventHash);
    }

    private static ExperimentSettings Read(string experiment)
    {
        try
        {
            return ExperimentFile.Parse("the coordinator's experiment", experiment, [], null).Settings;
        }
        catch (ExperimentException error)
        {
            // It was valid where it comes from.
            throw new RunDeclinedException(error.Message, error);
        }
    }

    private static StimulusSets Data(ExperimentSettings settings, SharedStimuli stimuli)
    {
        try
        {
            return stimuli.For(settings);
        }
        catch (DataException error) when (!DataSetCatalog.IsDrawn(settings.Data.Set))
        {
            // Another node may have the files; what cannot be drawn here, cannot be drawn anywhere.
            throw new RunDeclinedException(error.Message, error);
        }
    }
}
