using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Randomness;

namespace Nudge.Stimuli;

/// <summary>
/// The embedded default: 28×28 digits that the program draws itself, with random slant, turn, scale, shift, thickness,
/// wobble of the hand, gaps of ink and specks. Example i is a function of (seed, part, i) alone, on every machine.
/// </summary>
public static class DigitSet
{
    /// <summary>Pixels along one side.</summary>
    public const int Side = 28;

    private const int Classes = 10;

    /// <summary>Draws a set.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="held">Whether to draw the held-out part, which shares no draw with the training part.</param>
    /// <param name="count">Number of examples; each run of ten has each digit once, in random order.</param>
    public static ImageSet Draw(ulong seed, bool held, int count)
    {
        ulong part = held ? 1u : 0u;
        byte[] pixels = new byte[count * Side * Side];
        int[] labels = new int[count];
        int[] order = new int[Classes];
        for (int i = 0; i < count; i++)
        {
            if (i % Classes == 0)
                ShuffleTen(seed, part, i / Classes, order);
            labels[i] = order[i % Classes];
            DigitPainter.Paint(labels[i], new(seed, part, i), pixels.AsSpan(i * Side * Side, Side * Side));
        }

        return new(pixels, labels, Side * Side, Classes);
    }

    private static void ShuffleTen(ulong seed, ulong part, int ten, int[] order)
    {
        for (int digit = 0; digit < Classes; digit++)
            order[digit] = digit;
        Permutation.Shuffle(order, new(seed, RandomPurpose.DataSet, ((part + 4) << 40) | (uint)ten));
    }
}

/// <summary>28×28 digits that the program draws itself, from the seed.</summary>
public sealed record DigitsSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Digits.Instance;
}

internal sealed class Digits()
    : DataSetDefinition<DigitsSettings>(
        "digits", "28×28 digits that the program draws itself, from the seed.")
{
    internal static readonly Digits Instance = new();

    public override bool IsDrawn => true;

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(DigitsSettings settings) => (DigitSet.Side * DigitSet.Side, 10);

    protected override StimulusSets Load(DigitsSettings settings, string? folder, ulong seed) =>
        new(
            DigitSet.Draw(seed, held: false, DataSetCatalog.Drawn(settings.Train, 10_000)),
            DigitSet.Draw(seed, held: true, DataSetCatalog.Drawn(settings.Test, 2000)),
            Name,
            "drawn from the seed")
        {
            Picture = new(DigitSet.Side, DigitSet.Side),
        };
}
