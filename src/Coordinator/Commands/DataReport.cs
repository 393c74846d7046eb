using System.Text.Json.Nodes;
using Nudge.DataSets;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Signals;

namespace Nudge.Commands;

/// <summary>What <c>nudge data info</c> tells of a data set.</summary>
/// <param name="Identity">What it is, as run.json has it.</param>
/// <param name="Names">The label of each class.</param>
/// <param name="Train">Numbers of the training examples.</param>
/// <param name="Test">Numbers of the held-out examples.</param>
/// <param name="Warnings">What is allowed and probably not meant.</param>
internal sealed record DataReport(
    DataSummary Identity, IReadOnlyList<string> Names, DataNumbers Train, DataNumbers Test, IReadOnlyList<string> Warnings)
{
    /// <summary>Measures a set.</summary>
    internal static DataReport Of(StimulusSets sets) => new(
        DataSummaries.Of(sets),
        [.. Enumerable.Range(0, sets.Train.Classes).Select(sets.NameOf)],
        DataNumbers.Of(sets.Train),
        DataNumbers.Of(sets.Test),
        sets.Warnings);

    /// <summary>The report as JSON.</summary>
    internal JsonObject ToJson()
    {
        JsonObject data = (JsonObject)JsonNode.Parse(Identity.ToLine())!;
        Add((JsonObject)data["train"]!, Train);
        Add((JsonObject)data["test"]!, Test);
        data["warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode?)warning)]);
        return data;
    }

    private static void Add(JsonObject part, DataNumbers numbers)
    {
        part["byClass"] = new JsonArray([.. numbers.ByClass.Select(count => (JsonNode?)count)]);
        part["least"] = numbers.Least;
        part["greatest"] = numbers.Greatest;
        part["mean"] = numbers.Mean;
    }
}

/// <summary>Numbers of one part of a data set.</summary>
/// <param name="ByClass">Examples of each class; none where they have target values.</param>
/// <param name="Least">The least value.</param>
/// <param name="Greatest">The greatest value.</param>
/// <param name="Mean">The mean of all values.</param>
internal sealed record DataNumbers(IReadOnlyList<int> ByClass, float Least, float Greatest, double Mean)
{
    /// <summary>Measures a part.</summary>
    internal static DataNumbers Of(IStimulusSet set)
    {
        int[] counts = new int[set.HasTargets ? 0 : set.Classes];
        float[] input = new float[set.InputSize];
        (float least, float greatest, double sum) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        for (int i = 0; i < set.Count; i++)
        {
            if (!set.HasTargets)
                counts[set.LabelOf(i)]++;
            set.CopyInput(i, input);
            foreach (float value in input)
            {
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
                sum += value;
            }
        }

        return new(counts, least, greatest, sum / ((double)set.Count * set.InputSize));
    }
}
