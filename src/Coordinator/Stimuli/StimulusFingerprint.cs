using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>A hash of all examples, by which two machines find out whether their data are the same.</summary>
internal static class StimulusFingerprint
{
    internal static string Of(StimulusSets sets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, sets.Train);
        Append(hash, sets.Test);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, IStimulusSet set)
    {
        int[] shape = [set.Count, set.InputSize, set.Classes];
        hash.AppendData(MemoryMarshal.AsBytes<int>(shape));
        float[] input = new float[set.InputSize];
        int[] label = new int[1];
        for (int i = 0; i < set.Count; i++)
        {
            set.CopyInput(i, input);
            label[0] = set.LabelOf(i);
            hash.AppendData(MemoryMarshal.AsBytes<float>(input));
            hash.AppendData(MemoryMarshal.AsBytes<int>(label));
        }
    }
}
