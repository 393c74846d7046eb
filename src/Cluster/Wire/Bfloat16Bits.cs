using System.Runtime.Intrinsics;

namespace Nudge.Wire;

/// <summary>The upper halves of float32.</summary>
internal readonly struct Bfloat16Bits : ISixteenBits
{
    /// <inheritdoc/>
    public static Vector256<uint> Narrow(Vector256<float> values)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> odd = (bits >>> 16) & Vector256<uint>.One;
        Vector256<uint> rounded = (bits + odd + Vector256.Create(0x7FFFu)) >>> 16;
        // Rounding must not turn what is not a number into one.
        Vector256<uint> quiet = (bits >>> 16) | Vector256.Create(0x40u);
        return Vector256.ConditionalSelect(Vector256.Equals(values, values).AsUInt32(), rounded, quiet);
    }

    /// <inheritdoc/>
    public static Vector256<float> Widen(Vector256<uint> bits) => (bits << 16).AsSingle();
}
