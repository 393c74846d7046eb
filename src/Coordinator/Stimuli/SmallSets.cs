using Nudge.Catalogue;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>Sets of a few inputs that every contrastive rule should learn.</summary>
internal static class SmallSets
{
    /// <summary>The four rows of exclusive or; training and test are the same four.</summary>
    internal static StimulusSets Xor()
    {
        float[][] rows = [[0, 0], [0, 1], [1, 0], [1, 1]];
        var set = new VectorSet(rows, [0, 1, 1, 0], 2);
        return new(set, set, "xor", "the truth table");
    }

    /// <summary>
    /// 4×4 bars and stripes, class 0 columns and class 1 rows. The all-off and all-on patterns belong to both classes and
    /// are left out, which leaves 28; training and test are the same.
    /// </summary>
    internal static StimulusSets BarsAndStripes()
    {
        var values = new List<float[]>();
        var labels = new List<int>();
        for (int pattern = 1; pattern < 15; pattern++)
        {
            for (int kind = 0; kind < 2; kind++)
            {
                values.Add(Pattern(pattern, columns: kind == 0));
                labels.Add(kind);
            }
        }

        var set = new VectorSet([.. values], [.. labels], 2);
        return new(set, set, "bars-and-stripes", "all 28 unambiguous 4×4 patterns");
    }

    /// <summary>
    /// The 32 rows of Bars-and-Stripes 4×4 as Fischer and Igel (2010, 2014) use them to judge Boltzmann machines: the 16
    /// patterns of columns and the 16 of rows, so that all-off and all-on are there twice. Copies are not
    /// distinguished.
    /// </summary>
    internal static StimulusSets BarsAndStripesRows()
    {
        float[][] rows =
        [
            .. Enumerable.Range(0, 32).Select(row => Pattern(row % 16, columns: row < 16)),
        ];
        var set = new VectorSet(rows, new int[rows.Length], 1);
        return new(set, set, "bars-and-stripes-32", "all 32 rows of 4×4 bars and stripes, without labels");
    }

    /// <summary>Two interleaved half circles with noise, scaled to the unit square.</summary>
    internal static StimulusSets TwoMoons(ulong seed, int train, int test) =>
        new(Moons(seed, 2, train), Moons(seed, 3, test), "two-moons", "drawn from the seed");

    private static VectorSet Moons(ulong seed, ulong part, int count)
    {
        float[][] values = new float[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            var draws = new ExampleDraws(seed, part, i);
            labels[i] = i & 1;
            (double x, double y) = HalfCircle(draws.Uniform());
            if (labels[i] == 1)
                (x, y) = (1 - x, 0.5 - y);
            x += 0.1 * draws.Normal();
            y += 0.1 * draws.Normal();
            values[i] = [(float)Math.Clamp((x + 1.3) / 3.6, 0, 1), (float)Math.Clamp((y + 0.9) / 2.3, 0, 1)];
        }

        return new(values, labels, 2);
    }

    private static float[] Pattern(int pattern, bool columns) =>
        [.. Enumerable.Range(0, 16).Select(i => (float)((pattern >> (columns ? i % 4 : i / 4)) & 1))];

    // The rational form of the circle: only exact operations, so that every machine draws the same points.
    private static (double X, double Y) HalfCircle(double uniform)
    {
        bool left = uniform >= 0.5;
        double angle = left ? (2 * uniform) - 1 : 1 - (2 * uniform);
        // tan(α/2) for α = angle·π/2 is close to angle; the half circle is covered almost evenly.
        double t = 1 - angle;
        double x = 2 * t / (1 + (t * t));
        double y = (1 - (t * t)) / (1 + (t * t));
        (double across, double up) = (y, x);
        return (left ? -across : across, up);
    }
}

/// <summary>The four rows of exclusive or.</summary>
public sealed record XorSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Xor.Instance;
}

internal sealed class Xor()
    : DataSetDefinition<XorSettings>(
        "xor", "The four rows of exclusive or.")
{
    internal static readonly Xor Instance = new();

    public override bool IsBuiltIn => true;

    protected override (int Inputs, int Classes)? Shape(XorSettings settings) => (2, 2);

    protected override StimulusSets Load(XorSettings settings, string? folder, ulong seed) =>
        SmallSets.Xor();
}

/// <summary>The 28 unambiguous 4×4 bars and stripes, labelled as columns or rows.</summary>
public sealed record BarsAndStripesSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => BarsAndStripes.Instance;
}

internal sealed class BarsAndStripes()
    : DataSetDefinition<BarsAndStripesSettings>(
        "bars-and-stripes", "The 28 unambiguous 4×4 bars and stripes, labelled as columns or rows.")
{
    internal static readonly BarsAndStripes Instance = new();

    public override bool IsBuiltIn => true;

    protected override (int Inputs, int Classes)? Shape(BarsAndStripesSettings settings) => (16, 2);

    protected override StimulusSets Load(BarsAndStripesSettings settings, string? folder, ulong seed) =>
        SmallSets.BarsAndStripes();
}

/// <summary>All 32 rows of 4×4 bars and stripes, without labels.</summary>
public sealed record BarsAndStripesRowsSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => BarsAndStripesRows.Instance;
}

internal sealed class BarsAndStripesRows()
    : DataSetDefinition<BarsAndStripesRowsSettings>(
        "bars-and-stripes-32", "All 32 rows of 4×4 bars and stripes, without labels.")
{
    internal static readonly BarsAndStripesRows Instance = new();

    public override bool IsBuiltIn => true;

    protected override (int Inputs, int Classes)? Shape(BarsAndStripesRowsSettings settings) => (16, 1);

    protected override StimulusSets Load(BarsAndStripesRowsSettings settings, string? folder, ulong seed) =>
        SmallSets.BarsAndStripesRows();
}

/// <summary>Two interleaved half circles with noise, drawn from the seed.</summary>
public sealed record TwoMoonsSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => TwoMoons.Instance;
}

internal sealed class TwoMoons()
    : DataSetDefinition<TwoMoonsSettings>(
        "two-moons", "Two interleaved half circles with noise, drawn from the seed.")
{
    internal static readonly TwoMoons Instance = new();

    public override bool IsDrawn => true;

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(TwoMoonsSettings settings) => (2, 2);

    protected override StimulusSets Load(TwoMoonsSettings settings, string? folder, ulong seed) =>
        SmallSets.TwoMoons(
            seed, DataSetCatalog.Drawn(settings.Train, 2000), DataSetCatalog.Drawn(settings.Test, 1000));
}
