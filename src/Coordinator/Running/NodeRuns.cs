using System.Reflection;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Plugins;
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
    /// <param name="folder">The node's own folder of data files: no other one is opened, whatever a run names.</param>
    /// <param name="budget">What runs may ask for at most.</param>
    /// <param name="plugins">Where the node has plug-ins.</param>
    /// <exception cref="DataException">The folder is no path.</exception>
    internal static RunHosting Hosting(int atATime, DataFolder folder, NodeBudget budget, PluginPlaces plugins)
    {
        string? own = folder.Given;
        RunHosting hosting = null!;
        hosting = new(Version, atATime, () =>
        {
            var stimuli = new SharedStimuli(new DataFolder(own, null));
            return (order, shown, cancellation) => RunAsync(
                order, plugins, hosting, own is null ? null : stimuli, shown, cancellation);
        })
        {
            Budget = budget,
        };
        return hosting;
    }

    /// <summary>A run as others can make it.</summary>
    /// <param name="job">The run.</param>
    /// <param name="stimuli">The data of all runs.</param>
    internal static RunOrder OrderOf(PoolJob job, SharedStimuli stimuli) => new(
        SettingsWriter.ToYaml(stimuli.Resolved(job.Settings), explained: false), job.VariancePhases, stimuli.FingerprintOf(job.Settings));

    private static async Task<RunNumbers> RunAsync(
        RunOrder order, PluginPlaces plugins, RunHosting hosting, SharedStimuli? stimuli, Action<long> shown, CancellationToken cancellation)
    {
        ExperimentSettings settings = Read(order.Experiment, plugins);
        // The coordinator has refused it before; a path of another machine could name anything of this one.
        if (settings.Init is not null)
            throw new RunDeclinedException($"{PreparedRun.InitFile}: a node opens no file that a run names");
        hosting.ThrowIfTooLarge(settings.ToNetwork(), settings.Rounds);
        HeadlessResult result = await JobRun.RunAsync(
            settings, Data(settings, order.Data, stimuli), order.VariancePhases, shown, cancellation);
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

    private static ExperimentSettings Read(string experiment, PluginPlaces plugins)
    {
        try
        {
            return NodeProgram.Read(experiment, plugins);
        }
        catch (ExperimentException error)
        {
            // It was valid where it comes from.
            throw new RunDeclinedException(error.Message, error);
        }
    }

    // A path of another machine could name anything of this one: a pipe that never ends, a file that others may not read.
    private static StimulusSets Data(ExperimentSettings settings, string fingerprint, SharedStimuli? stimuli)
    {
        if (settings.Data.Set.IsDrawn || settings.Data.Set.IsBuiltIn)
            return (stimuli ?? new(DataFolder.None)).For(settings);
        if (stimuli is null)
        {
            throw new RunDeclinedException(
                $"it has no folder of data files of its own (nudge node --data, or {DataSetCatalog.FolderVariable}); "
                + "folders that a run names are not opened");
        }

        try
        {
            StimulusSets data = stimuli.For(settings);
            return stimuli.FingerprintOf(settings) == fingerprint
                ? data
                : throw new RunDeclinedException(
                    $"its examples of {data.Name} ({data.Origin}) are not those of the coordinator");
        }
        catch (DataException error)
        {
            // Another node may have the files, or the right ones.
            throw new RunDeclinedException(error.Message, error);
        }
    }
}
