using System.Collections.Concurrent;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>Gives many runs their data, and reads from the disk only once what they can share.</summary>
/// <param name="folder">Folder of data files in place of those of the settings, and where they name none; null for no other.</param>
public sealed class SharedStimuli(DataFolder? folder)
{
    private readonly ConcurrentDictionary<DataRequest, Lazy<StimulusSets>> _loaded = new();
    private readonly ConcurrentDictionary<DataRequest, Lazy<string>> _fingerprints = new();

    /// <summary>The settings with the folder of their data as an absolute path.</summary>
    /// <exception cref="DataException">It is no path.</exception>
    public ExperimentSettings Resolved(ExperimentSettings settings) => (folder ?? DataFolder.None).Apply(settings);

    /// <summary>The data of an experiment. Sets that are drawn from the seed are drawn again and not kept.</summary>
    /// <exception cref="DataException">It cannot be had.</exception>
    public StimulusSets For(ExperimentSettings settings)
    {
        DataRequest request = PreparedRun.RequestOf(settings, folder);
        return request.Settings.Set.IsDrawn ? DataSetCatalog.Load(request) : Loaded(request).Of(request.Seed);
    }

    /// <summary>A hash of an experiment's data; empty where they are drawn from the seed, and so are the same anywhere.</summary>
    /// <exception cref="DataException">They cannot be had.</exception>
    internal string FingerprintOf(ExperimentSettings settings)
    {
        DataRequest request = PreparedRun.RequestOf(settings, folder);
        return request.Settings.Set.IsDrawn
            ? ""
            : _fingerprints.GetOrAdd(
                Loaded(request).BySeed is null ? request with { Seed = 0 } : request, _ => new(() => StimulusFingerprint.Of(For(settings)))).Value;
    }

    /// <summary>Reads ahead what experiments can share, so that missing files are known before any run.</summary>
    /// <exception cref="DataException">It cannot be had.</exception>
    public void Preload(ExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Data.Set.IsDrawn)
            For(settings);
    }

    private StimulusSets Loaded(DataRequest request) =>
        _loaded.GetOrAdd(request with { Seed = 0 }, key => new(() => DataSetCatalog.Load(key))).Value;
}
