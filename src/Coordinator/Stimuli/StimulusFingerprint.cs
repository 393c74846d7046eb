using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Nudge.DataSets;
using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>
/// Hashes of all examples as a run uses them, by which two machines, or a run and the same run later, find out whether their
/// data are the same.
/// </summary>
internal static class StimulusFingerprint
{
    // Values of a set that is computed and nowhere stored: of a larger one, examples at equal distances are hashed.
    private const long MostComputed = 1L << 26;

    /// <summary>The hash of both parts.</summary>
    internal static string Of(StimulusSets sets)
    {
        string both = PartOf(sets, sets.Train).Hash + PartOf(sets, sets.Test).Hash;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(both)));
    }

    /// <summary>The hash of one part, and how many of its examples were hashed.</summary>
    /// <param name="sets">The data.</param>
    /// <param name="part">One of its parts.</param>
    internal static (string Hash, int Examples) PartOf(StimulusSets sets, IStimulusSet part)
    {
        long values = (long)part.Count * part.InputSize;
        int stride = sets.Folder is null ? (int)Math.Min(part.Count, ((values - 1) / MostComputed) + 1) : 1;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int examples = Append(hash, part, Math.Max(1, stride));
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), examples);
    }

    private static int Append(IncrementalHash hash, IStimulusSet set, int stride)
    {
        int[] shape = [set.Count, set.InputSize, set.Classes];
        hash.AppendData(MemoryMarshal.AsBytes<int>(shape));
        float[] input = new float[set.InputSize];
        int[] label = new int[1];
        float[] target = new float[set.HasTargets ? set.Classes : 0];
        int examples = 0;
        for (int i = 0; i < set.Count; i += stride, examples++)
        {
            set.CopyInput(i, input);
            label[0] = set.LabelOf(i);
            hash.AppendData(MemoryMarshal.AsBytes<float>(input));
            hash.AppendData(MemoryMarshal.AsBytes<int>(label));
            if (!set.HasTargets)
                continue;
            set.CopyTarget(i, target);
            hash.AppendData(MemoryMarshal.AsBytes<float>(target));
        }

        return examples;
    }
}
