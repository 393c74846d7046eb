using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// The slopes and thresholds of the units of one slice, where these deviate (theory §5, "Devices"): I ← slope·I + threshold.
/// Draws belong to the unit, so that a cut into slices does not change them.
/// </summary>
public sealed class UnitResponse
{
    private readonly int _stride;
    private readonly float[] _slopes;
    private readonly float[] _thresholds;

    private UnitResponse(DeviceSettings settings, ulong seed, SlicePlan slice)
    {
        _stride = PanelMatrix.Pad(slice.Count);
        _slopes = new float[_stride];
        _thresholds = new float[_stride];
        DeviceDraws.Factors(settings.Slope, new(seed, RandomPurpose.DeviceSlope, (ulong)slice.Population.Index), slice, _slopes);
        DeviceDraws.Shifts(settings.Threshold, new(seed, RandomPurpose.DeviceThreshold, (ulong)slice.Population.Index), slice, _thresholds);
    }

    /// <summary>The slope of each unit; padding has 0.</summary>
    public ReadOnlySpan<float> Slopes => _slopes;

    /// <summary>The threshold of each unit; padding has 0.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>The responses of a slice, or null where its units are what the model says.</summary>
    internal static UnitResponse? For(SliceContext context) =>
        context.Devices.ChangesResponse ? new(context.Devices, context.Seed, context.Slice) : null;

    /// <summary>Applies the deviations to the input current of all lanes.</summary>
    /// <param name="current">lanes × padded units; padding stays 0.</param>
    public void Apply(Span<float> current) => Apply(current, current);

    /// <summary>The deviating current of some lanes.</summary>
    /// <param name="current">lanes × padded units.</param>
    /// <param name="result">Receives it; may be <paramref name="current"/> itself.</param>
    public void Apply(ReadOnlySpan<float> current, Span<float> result)
    {
        for (int first = 0; first < current.Length; first += _stride)
        {
            for (int unit = 0; unit < _stride; unit++)
                result[first + unit] = float.FusedMultiplyAdd(_slopes[unit], current[first + unit], _thresholds[unit]);
        }
    }

    /// <summary>The slope times each current of some lanes, without the threshold.</summary>
    /// <param name="current">lanes × padded units.</param>
    /// <param name="result">Receives it.</param>
    public void Scale(ReadOnlySpan<float> current, Span<float> result)
    {
        for (int first = 0; first < current.Length; first += _stride)
        {
            for (int unit = 0; unit < _stride; unit++)
                result[first + unit] = _slopes[unit] * current[first + unit];
        }
    }
}

/// <summary>Deviations of units, drawn once.</summary>
internal static class DeviceDraws
{
    /// <summary>Log-normal factors of mean 1.</summary>
    internal static void Factors(double variation, RandomKey key, SlicePlan slice, Span<float> factors)
    {
        double variance = Elementary.Log(1 + (variation * variation));
        double sigma = Math.Sqrt(variance);
        for (int unit = 0; unit < slice.Count; unit++)
            factors[unit] = (float)Elementary.Exp((sigma * Normal(key, slice.First + unit)) - (variance / 2));
    }

    /// <summary>Normal shifts of mean 0.</summary>
    internal static void Shifts(double deviation, RandomKey key, SlicePlan slice, Span<float> shifts)
    {
        for (int unit = 0; unit < slice.Count; unit++)
            shifts[unit] = (float)(deviation * Normal(key, slice.First + unit));
    }

    private static double Normal(RandomKey key, int unit) => Elementary.InverseNormal(key.Draw((ulong)unit).First);
}
