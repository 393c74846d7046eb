using System.Reflection;
using Nudge.Experiments;
using Nudge.Messages;
using Nudge.Recording;
using Nudge.Runs;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>This program as one that makes whole runs for others.</summary>
internal static class NodeRuns
{
    // Results must fit the smallest frame, which is 32 000 bytes.
    private const int MostWarnings = 20;
    private const int LongestWarning = 300;

    /// <summary>The program with the commit that it was built from, where that is known.</summary>
    internal static string Version { get; } =
        typeof(NodeRuns).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>How a node makes runs.</summary>
    /// <param name="atATime">Runs at a time.</param>
    /// <param name="folder">The node's folder of data files.</param>
    internal static RunHosting Hosting(int atATime, DataFolder folder) => new(Version, atATime, () =>
    {
        // A folder that a run names may be there and hold other files than where the run comes from.
        SharedStimuli[] sources = folder is { Asked: null, Usual: { } usual }
            ? [new(folder), new(new DataFolder(usual, null))]
            : [new(folder)];
        return (order, shown, cancellation) => RunAsync(order, sources, shown, cancellation);
    });

    /// <summary>A run as others can make it.</summary>
    /// <param name="job">The run.</param>
    /// <param name="stimuli">The data of all runs.</param>
    internal static RunOrder OrderOf(PoolJob job, SharedStimuli stimuli) => new(
        SettingsWriter.ToYaml(stimuli.Resolved(job.Settings), explained: false), job.VariancePhases, stimuli.FingerprintOf(job.Settings));

    private static async Task<RunNumbers> RunAsync(
        RunOrder order, SharedStimuli[] sources, Action<long> shown, CancellationToken cancellation)
    {
        ExperimentSettings settings = Read(order.Experiment);
        HeadlessResult result = await JobRun.RunAsync(
            settings, Data(settings, order.Data, sources), order.VariancePhases, shown, cancellation);
        return new([.. result.Metrics], result.WallSeconds, result.EventHash)
        {
            Warnings = [.. result.Warnings.Take(MostWarnings).Select(Sent)],
        };
    }

    private static NodeRunWarning Sent(RunWarning warning) => new(
        warning.Topic,
        warning.Path,
        warning.Message.Length <= LongestWarning ? warning.Message : warning.Message[..LongestWarning] + "…",
        warning.Presentations ?? -1);

    /// <summary>A warning that a node sent.</summary>
    internal static RunWarning Received(NodeRunWarning warning) => new(warning.Topic, warning.Path, warning.Message)
    {
        Presentations = warning.Presentations < 0 ? null : warning.Presentations,
    };

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

    private static StimulusSets Data(ExperimentSettings settings, string fingerprint, SharedStimuli[] sources)
    {
        if (settings.Data.Set.IsDrawn)
            return sources[0].For(settings);
        var reasons = new List<string>();
        foreach (SharedStimuli stimuli in sources)
        {
            try
            {
                StimulusSets data = stimuli.For(settings);
                if (stimuli.FingerprintOf(settings) == fingerprint)
                    return data;
                reasons.Add($"its examples of {data.Name} ({data.Origin}) are not those of the coordinator");
            }
            catch (DataException error)
            {
                reasons.Add(error.Message);
            }
        }

        // Another node may have the files, or the right ones.
        throw new RunDeclinedException(string.Join("; ", reasons.Distinct()));
    }
}
