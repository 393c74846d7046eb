using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>Operations element by element. Each element's result is the same in the vector body and in the tail.</summary>
public static class VectorKernels
{
    private const int Width = 8;

    /// <summary>into ← into + values.</summary>
    public static void Add(ReadOnlySpan<float> values, Span<float> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, values.Length);
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float sum = ref MemoryMarshal.GetReference(into);
        nuint i = 0;
        for (; i + Width <= (nuint)values.Length; i += Width)
            (Vector256.LoadUnsafe(ref sum, i) + Vector256.LoadUnsafe(ref source, i)).StoreUnsafe(ref sum, i);
        for (; i < (nuint)values.Length; i++)
            into[(int)i] += values[(int)i];
    }

    /// <summary>result ← factor·values.</summary>
    public static void Scale(ReadOnlySpan<float> values, float factor, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, values.Length);
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(result);
        nuint i = 0;
        for (; i + Width <= (nuint)values.Length; i += Width)
            (Vector256.LoadUnsafe(ref source, i) * factor).StoreUnsafe(ref target, i);
        for (; i < (nuint)values.Length; i++)
            result[(int)i] = values[(int)i] * factor;
    }

    /// <summary>result ← factor·(a − b).</summary>
    public static void ScaledDifference(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, a.Length);
        ref float first = ref MemoryMarshal.GetReference(a);
        ref float second = ref MemoryMarshal.GetReference(b);
        ref float target = ref MemoryMarshal.GetReference(result);
        nuint i = 0;
        for (; i + Width <= (nuint)a.Length; i += Width)
        {
            Vector256<float> difference = Vector256.LoadUnsafe(ref first, i) - Vector256.LoadUnsafe(ref second, i);
            (difference * factor).StoreUnsafe(ref target, i);
        }

        for (; i < (nuint)a.Length; i++)
            result[(int)i] = (a[(int)i] - b[(int)i]) * factor;
    }

    /// <summary>Clips to [0, 1]; what is not a number becomes 0.</summary>
    public static void Clip01(ReadOnlySpan<float> values, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, values.Length);
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(result);
        nuint i = 0;
        for (; i + Width <= (nuint)values.Length; i += Width)
            Clip01(Vector256.LoadUnsafe(ref source, i)).StoreUnsafe(ref target, i);
        for (; i < (nuint)values.Length; i++)
            result[(int)i] = Clip01(Vector256.Create(values[(int)i])).ToScalar();
    }

    /// <summary>s ← clip(s + share·(drive − s), 0, 1): one Euler step of leaky hard-sigmoid units.</summary>
    /// <param name="state">s.</param>
    /// <param name="drive">Where s is drawn to.</param>
    /// <param name="share">Elapsed time in units of the time constant, at most 1.</param>
    /// <returns>Whether any value changed.</returns>
    public static bool HardSigmoidStep(Span<float> state, ReadOnlySpan<float> drive, float share)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(drive.Length, state.Length);
        ref float s = ref MemoryMarshal.GetReference(state);
        ref float d = ref MemoryMarshal.GetReference(drive);
        Vector256<float> step = Vector256.Create(share);
        Vector256<int> changed = Vector256<int>.Zero;
        nuint i = 0;
        for (; i + Width <= (nuint)state.Length; i += Width)
        {
            Vector256<float> before = Vector256.LoadUnsafe(ref s, i);
            Vector256<float> after =
                Clip01(Vector256.FusedMultiplyAdd(step, Vector256.LoadUnsafe(ref d, i) - before, before));
            changed |= after.AsInt32() ^ before.AsInt32();
            after.StoreUnsafe(ref s, i);
        }

        bool any = changed != Vector256<int>.Zero;
        for (; i < (nuint)state.Length; i++)
        {
            float before = state[(int)i];
            float after = float.FusedMultiplyAdd(share, drive[(int)i] - before, before);
            state[(int)i] = Clip01(Vector256.Create(after)).ToScalar();
            any |= state[(int)i] != before;
        }

        return any;
    }

    /// <summary>Copies, and says whether any value differed.</summary>
    public static bool CopyDetect(ReadOnlySpan<float> source, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, source.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<int> changed = Vector256<int>.Zero;
        nuint i = 0;
        for (; i + Width <= (nuint)source.Length; i += Width)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref from, i);
            changed |= value.AsInt32() ^ Vector256.LoadUnsafe(ref to, i).AsInt32();
            value.StoreUnsafe(ref to, i);
        }

        bool any = changed != Vector256<int>.Zero;
        for (; i < (nuint)source.Length; i++)
        {
            any |= source[(int)i] != destination[(int)i];
            destination[(int)i] = source[(int)i];
        }

        return any;
    }

    /// <summary>Copies, and lists what changed and by how much.</summary>
    /// <param name="source">New values.</param>
    /// <param name="destination">Old values, then new ones.</param>
    /// <param name="indices">Receives the places that changed, ascending.</param>
    /// <param name="differences">Receives new − old at these places.</param>
    /// <returns>How many changed.</returns>
    public static int CopyChanged(
        ReadOnlySpan<float> source, Span<float> destination, Span<int> indices, Span<float> differences)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, source.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int count = 0;
        int i = 0;
        for (; i + Width <= source.Length; i += Width)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref from, (nuint)i);
            Vector256<float> old = Vector256.LoadUnsafe(ref to, (nuint)i);
            uint changed = ~Vector256.Equals(value, old).ExtractMostSignificantBits() & 0xFF;
            for (; changed != 0; changed &= changed - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(changed);
                indices[count] = place;
                differences[count++] = source[place] - destination[place];
            }

            value.StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            if (source[i] == destination[i])
                continue;
            indices[count] = i;
            differences[count++] = source[i] - destination[i];
            destination[i] = source[i];
        }

        return count;
    }

    /// <summary>Lists the values that are not zero.</summary>
    /// <param name="source">All values.</param>
    /// <param name="indices">Receives their places, ascending.</param>
    /// <param name="values">Receives the values.</param>
    /// <returns>How many there are.</returns>
    public static int ListNonZero(ReadOnlySpan<float> source, Span<int> indices, Span<float> values)
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        int count = 0;
        int i = 0;
        for (; i + Width <= source.Length; i += Width)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref from, (nuint)i);
            uint present = ~Vector256.Equals(value, Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
            for (; present != 0; present &= present - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(present);
                indices[count] = place;
                values[count++] = source[place];
            }
        }

        for (; i < source.Length; i++)
        {
            if (source[i] == 0)
                continue;
            indices[count] = i;
            values[count++] = source[i];
        }

        return count;
    }

    /// <summary>Whether every value is finite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        // x − x is 0 for every finite x and not a number for all others.
        Vector256<float> sum = Vector256<float>.Zero;
        nuint i = 0;
        for (; i + Width <= (nuint)values.Length; i += Width)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref source, i);
            sum += value - value;
        }

        bool finite = sum == Vector256<float>.Zero;
        for (; i < (nuint)values.Length; i++)
            finite &= float.IsFinite(values[(int)i]);
        return finite;
    }

    // The native forms give their second operand where the first is not a number, on every processor that has them and in
    // their software form; infinities stay visible in the drive, which is where they are looked for.
    private static Vector256<float> Clip01(Vector256<float> value) =>
        Vector256.MinNative(Vector256.MaxNative(value, Vector256<float>.Zero), Vector256<float>.One);
}
