using System.Runtime.Intrinsics;

namespace Nudge.Wire;

/// <summary>The half precision of IEEE 754; the runtime's own conversion takes one number at a time.</summary>
internal readonly struct Float16Bits : ISixteenBits
{
    private const uint Sign = 0x8000;
    private const uint Infinity = 0x7C00;
    private const uint NotANumber = 0x7E00;
    private const uint SingleInfinity = 0x7F800000;
    private const uint LeastNormal = 0x38800000;
    private const uint BeyondAll = 0x47800000;
    private const uint OneHalf = 0x3F000000;
    private const int DroppedBits = 13;
    private const uint BiasDifference = (127 - 15) << 23;

    /// <inheritdoc/>
    public static Vector256<uint> Narrow(Vector256<float> values)
    {
        Vector256<uint> size = values.AsUInt32() & Vector256.Create(~(Sign << 16));
        Vector256<uint> sign = (values.AsUInt32() >>> 16) & Vector256.Create(Sign);
        Vector256<uint> odd = (size >>> DroppedBits) & Vector256<uint>.One;
        Vector256<uint> normal = (size - Vector256.Create(BiasDifference - 0xFFF) + odd) >>> DroppedBits;
        // Beside one half the last bit of float32 is worth what it is in the smallest halves: the addition rounds to it.
        Vector256<float> beside = size.AsSingle() + Vector256.Create(OneHalf).AsSingle();
        Vector256<uint> small = beside.AsUInt32() - Vector256.Create(OneHalf);
        Vector256<uint> large = Vector256.ConditionalSelect(
            Vector256.GreaterThan(size, Vector256.Create(SingleInfinity)),
            Vector256.Create(NotANumber),
            Vector256.Create(Infinity));
        Vector256<uint> finite = Vector256.ConditionalSelect(
            Vector256.LessThan(size, Vector256.Create(LeastNormal)), small, normal);
        return sign | Vector256.ConditionalSelect(
            Vector256.LessThan(size, Vector256.Create(BeyondAll)), finite, large);
    }

    /// <inheritdoc/>
    public static Vector256<float> Widen(Vector256<uint> bits)
    {
        Vector256<uint> size = bits & Vector256.Create(Sign - 1);
        Vector256<uint> sign = (bits & Vector256.Create(Sign)) << 16;
        // A multiplication moves the exponent for numbers without a leading one as well.
        Vector256<float> scale = Vector256.Create(BiasDifference + (127u << 23)).AsSingle();
        Vector256<uint> finite = ((size << DroppedBits).AsSingle() * scale).AsUInt32();
        Vector256<uint> special = (size << DroppedBits) | Vector256.Create(SingleInfinity);
        return (sign | Vector256.ConditionalSelect(
            Vector256.LessThan(size, Vector256.Create(Infinity)), finite, special)).AsSingle();
    }
}
