using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// The gains, offsets and noise of what the units of one slice send, where these deviate (theory §5, "Devices"):
/// x ← gain·x + offset + noise. Gains and offsets belong to the unit and the value that it sends; noise is keyed by the slice, the number
/// of its step and the place of the value, so that it is the same whenever the step is looked at.
/// </summary>
internal sealed class UnitOutput
{
    // Room for as many values as a slice of a million units sends in sixteen lanes at each step.
    private const int ValueBits = 24;

    private readonly int _units;
    private readonly int _perChannel;
    private readonly float[] _gains;
    private readonly float[] _offsets;
    private readonly float _noise;
    private readonly RandomKey _key;

    private UnitOutput(DeviceSettings settings, ulong seed, int lanes, SlicePlan slice)
    {
        _units = slice.Count;
        _perChannel = lanes * slice.Count;
        int channels = slice.Values / slice.Count;
        _gains = new float[channels * _units];
        _offsets = new float[channels * _units];
        for (int channel = 0; channel < channels; channel++)
        {
            ulong id = ((ulong)slice.Population.Index << 4) | (uint)channel;
            DeviceDraws.Factors(settings.Gain, new(seed, RandomPurpose.DeviceGain, id), slice, _gains.AsSpan(channel * _units, _units));
            DeviceDraws.Shifts(settings.Offset, new(seed, RandomPurpose.DeviceOffset, id), slice, _offsets.AsSpan(channel * _units, _units));
        }

        _noise = (float)settings.Noise;
        _key = new(seed, RandomPurpose.DeviceNoise, ((ulong)slice.Population.Index << 24) | (uint)slice.First);
    }

    /// <summary>Whether what is sent changes at every step.</summary>
    internal bool IsNoisy => _noise > 0;

    /// <summary>The outputs of a slice, or null where what its units send is their activity.</summary>
    internal static UnitOutput? For(SliceContext context) =>
        context.Devices.ChangesOutput && context.Slice.Population.HasState
            ? new(context.Devices, context.Seed, context.Lanes, context.Slice)
            : null;

    /// <summary>Turns activities into what is sent of them.</summary>
    /// <param name="values">Channels × lanes × units, or the first channel alone.</param>
    /// <param name="step">Number of the step that they are of.</param>
    internal void Apply(Span<float> values, long step)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int unit = (i / _perChannel * _units) + (i % _units);
            values[i] = float.FusedMultiplyAdd(_gains[unit], values[i], _offsets[unit]);
        }

        if (!IsNoisy)
            return;
        ulong draw = (ulong)step << ValueBits;
        for (int i = 0; i < values.Length; i++)
            values[i] += _noise * (float)Elementary.InverseNormal(_key.Draw(draw + (uint)i).First);
    }
}
