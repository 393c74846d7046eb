using Nudge.DataSets;
using Nudge.Recording;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>Sums up the data of a run for its results and checkpoints.</summary>
internal static class DataSummaries
{
    internal static DataSummary Of(StimulusSets data)
    {
        DataPartSummary train = Part(data, data.Train);
        return new()
        {
            Set = data.Name,
            Path = data.Folder,
            Inputs = data.Train.InputSize,
            Classes = data.Train.Classes,
            HasTargets = data.Train.HasTargets,
            Labels = data.Labels,
            Train = train,
            Test = ReferenceEquals(data.Train, data.Test) ? train : Part(data, data.Test),
        };
    }

    private static DataPartSummary Part(StimulusSets data, IStimulusSet part)
    {
        (string hash, int hashed) = StimulusFingerprint.PartOf(data, part);
        return new(part.Count, hashed, hash);
    }
}
