using MessagePack;

namespace Nudge.Wire;

/// <summary>Lists of indices.</summary>
internal static class IndexFields
{
    internal static void WriteIndices(this ref MessagePackWriter writer, IReadOnlyList<int> indices)
    {
        writer.WriteArrayHeader(indices.Count);
        foreach (int index in indices)
            writer.Write(index);
    }

    internal static int[] ReadIndices(this ref MessagePackReader reader)
    {
        int[] indices = new int[Fields.ListLength(ref reader)];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = reader.ReadInt32();
        return indices;
    }
}
