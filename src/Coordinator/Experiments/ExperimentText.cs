using System.Reflection;
using System.Text;
using Nudge.Experiments.Binding;

namespace Nudge.Experiments;

/// <summary>The text of an experiment file, from the disk or built into the program.</summary>
internal sealed record ExperimentText(string Text, string Source)
{
    private const string Prefix = "experiments/";
    private const string Suffix = ".yaml";
    private const int Largest = 1 << 20;

    private static readonly Assembly Program = typeof(ExperimentText).Assembly;

    /// <summary>The names of the experiments that are built in.</summary>
    internal static IReadOnlyList<string> Embedded { get; } = [.. Program.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => n[Prefix.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal)];

    /// <summary>Reads a file, or what is built in under a name.</summary>
    internal static ExperimentText Read(string fileOrName)
    {
        if (!File.Exists(fileOrName) && Embedded.Contains(fileOrName))
        {
            using Stream resource = Program.GetManifestResourceStream(Prefix + fileOrName + Suffix)!;
            using var reader = new StreamReader(resource, Encoding.UTF8);
            return new(reader.ReadToEnd(), fileOrName);
        }

        return new(Decode(Bytes(fileOrName), fileOrName), fileOrName);
    }

    private static byte[] Bytes(string file)
    {
        if (Directory.Exists(file))
            throw Refused(file, "a directory; expected an experiment file");
        if (!File.Exists(file))
            throw Refused(file, Missing(file));
        try
        {
            using FileStream stream = File.OpenRead(file);
            byte[] bytes = new byte[Largest + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= Largest
                ? bytes[..length]
                : throw Refused(file, $"larger than {Largest >> 20} MiB; expected an experiment file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, $"cannot be read: {e.Message}");
        }
    }

    private static string Decode(byte[] bytes, string file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Refused(file, "not text; expected YAML in UTF-8");
        }
    }

    private static string Missing(string file)
    {
        string guess = Suggestion.For(Path.GetFileNameWithoutExtension(file), Embedded);
        return $"no such file{guess}; expected a file, or one built in: {Words.Either(Embedded)}";
    }

    private static ExperimentException Refused(string file, string message) =>
        new([new Problem(file, "", message)]);
}
