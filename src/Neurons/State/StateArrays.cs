using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nudge.State;

/// <summary>
/// Arrays of a state. Those of fixed length are written from where they stand and read to where they stand; another
/// stored length is refused with <see cref="InvalidDataException"/>. One array has less than 2 GiB.
/// </summary>
public static class StateArrays
{
    /// <summary>Values of single precision of a fixed number, to the bit.</summary>
    public static void Floats(
        this StateSection state,
        int tag,
        Span<float> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Fixed(tag, StateKind.Floats32, values, name);
    }

    /// <summary>Values of double precision of a fixed number, to the bit.</summary>
    public static void Doubles(
        this StateSection state,
        int tag,
        Span<double> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Fixed(tag, StateKind.Floats64, values, name);
    }

    /// <summary>Whole numbers of a fixed number.</summary>
    public static void Integers(
        this StateSection state,
        int tag,
        Span<int> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Fixed(tag, StateKind.Integers32, values, name);
    }

    /// <summary>Whole numbers of a fixed number.</summary>
    public static void Integers(
        this StateSection state,
        int tag,
        Span<long> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Fixed(tag, StateKind.Integers64, values, name);
    }

    /// <summary>Truth values of a fixed number.</summary>
    public static void Flags(
        this StateSection state,
        int tag,
        Span<bool> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        state.Fixed(tag, StateKind.Flags, bytes, name);
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
            return;
        // A Boolean with other bits is neither true nor false to the compiler.
        values.Clear();
        throw state.Fault(name, "holds bytes that are no truth values");
    }

    /// <summary>
    /// Values that are only read, of a fixed number: gives a new array when restoring, and an empty one when saving.
    /// </summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="values">The values; ignored when restoring.</param>
    /// <param name="length">Their number.</param>
    /// <param name="name">What a fault calls them.</param>
    public static float[] NewFloats(
        this StateSection state,
        int tag,
        ReadOnlySpan<float> values,
        int length,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Variable(tag, StateKind.Floats32, values, length, length, name);
    }

    /// <summary>Values of a number that only the state knows.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="values">The values; another array after restoring.</param>
    /// <param name="most">More values than this are refused.</param>
    /// <param name="name">What a fault calls them.</param>
    public static void VariableFloats(
        this StateSection state,
        int tag,
        ref float[] values,
        int most,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        float[] stored = state.Variable<float>(tag, StateKind.Floats32, values, 0, most, name);
        values = state.IsRestoring ? stored : values;
    }

    /// <summary>Bytes of a number that only the state knows.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="values">The bytes; another array after restoring.</param>
    /// <param name="most">More bytes than this are refused.</param>
    /// <param name="name">What a fault calls them.</param>
    public static void VariableBytes(
        this StateSection state,
        int tag,
        ref byte[] values,
        int most = int.MaxValue,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] stored = state.Variable<byte>(tag, StateKind.Bytes, values, 0, most, name);
        values = state.IsRestoring ? stored : values;
    }
}
