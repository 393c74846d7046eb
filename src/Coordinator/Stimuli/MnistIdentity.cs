using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nudge.Stimuli;

/// <summary>Whether images and labels are those of MNIST, whatever their files are called: results may call nothing else so.</summary>
internal static class MnistIdentity
{
    private const int Side = 28;

    // SHA-256 of the four files as LeCun, Cortes and Burges published them, without gzip.
    private const string TrainImages = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";
    private const string TrainLabels = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";
    private const string TestImages = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7";
    private const string TestLabels = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2";

    internal static bool Holds(IdxPart train, IdxPart test) =>
        train.Labels.Count == 60_000 && test.Labels.Count == 10_000 && train.Size == Side * Side
        && Hash(Labels(train), 0x0801, train.Labels.Count) == TrainLabels
        && Hash(Labels(test), 0x0801, test.Labels.Count) == TestLabels
        && Hash(test.Pixels, 0x0803, test.Labels.Count, Side, Side) == TestImages
        && Hash(train.Pixels, 0x0803, train.Labels.Count, Side, Side) == TrainImages;

    private static byte[] Labels(IdxPart part) => [.. part.Labels.Select(label => byte.TryParse(label, out byte number) ? number : byte.MaxValue)];

    private static string Hash(byte[] body, params ReadOnlySpan<int> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[sizeof(int)];
        foreach (int number in header)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, number);
            hash.AppendData(word);
        }

        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
