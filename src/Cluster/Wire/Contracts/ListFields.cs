using MessagePack;

namespace Nudge.Wire;

/// <summary>Texts and lists of texts within contracts.</summary>
internal static class TextFields
{
    internal static string ReadText(this ref MessagePackReader reader) =>
        reader.ReadString() ?? throw new MessagePackSerializationException("a text is missing");

    internal static void WriteTexts(this ref MessagePackWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteArrayHeader(texts.Count);
        foreach (string text in texts)
            writer.Write(text);
    }

    internal static string[] ReadTexts(this ref MessagePackReader reader)
    {
        string[] texts = new string[Fields.ListLength(ref reader)];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = reader.ReadText();
        return texts;
    }
}

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
