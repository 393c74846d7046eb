using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Nudge.Signals;

namespace Nudge.State;

/// <summary>
/// Single values of a state. The form with <c>ref</c> is for fields; the other one, for properties, gives the value
/// that holds from now on: what was passed when saving, what was stored when restoring. All throw
/// <see cref="InvalidDataException"/> if the stored item is absent, of another kind, or out of range.
/// </summary>
public static class StateItems
{
    private const int PhaseBytes = 12;

    /// <summary>A truth value.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref bool value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A truth value.</summary>
    public static bool Item(
        this StateSection state, int tag, bool value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        ulong bits = state.Scalar(tag, StateKind.Flag, value ? 1UL : 0, sizeof(byte), name);
        return bits <= 1 ? bits == 1 : throw state.Fault(name, $"holds {bits} where a truth value is expected");
    }

    /// <summary>A whole number; it may become a <see cref="long"/> later.</summary>
    public static void Item(
        this StateSection state, int tag, ref int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A whole number; it may become a <see cref="long"/> later.</summary>
    public static int Item(
        this StateSection state, int tag, int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        long stored = state.Item(tag, (long)value, name);
        return stored == (int)stored ? (int)stored : throw state.Fault(name, $"holds {stored}, which is out of range");
    }

    /// <summary>A whole number.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref long value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A whole number.</summary>
    public static long Item(
        this StateSection state, int tag, long value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        return (long)state.Scalar(tag, StateKind.Integer, (ulong)value, sizeof(long), name);
    }

    /// <summary>A whole number without sign.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref ulong value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A whole number without sign.</summary>
    public static ulong Item(
        this StateSection state, int tag, ulong value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Scalar(tag, StateKind.Unsigned, value, sizeof(ulong), name);
    }

    /// <summary>A number of single precision, to the bit.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref float value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A number of single precision, to the bit.</summary>
    public static float Item(
        this StateSection state, int tag, float value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((uint)state.Scalar(tag, StateKind.Float32, bits, sizeof(float), name));
    }

    /// <summary>A number of double precision, to the bit.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref double value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>A number of double precision, to the bit.</summary>
    public static double Item(
        this StateSection state, int tag, double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return BitConverter.UInt64BitsToDouble(state.Scalar(tag, StateKind.Float64, bits, sizeof(double), name));
    }

    /// <summary>The number of a phase.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref PhaseNumber value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);

    /// <summary>The number of a phase.</summary>
    public static PhaseNumber Item(
        this StateSection state,
        int tag,
        PhaseNumber value,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        Span<byte> bytes = stackalloc byte[PhaseBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(int)..], value.Number);
        state.Fixed(tag, StateKind.Phase, bytes, name);
        return new(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(int)..]));
    }

    /// <summary>A text.</summary>
    public static string Item(
        this StateSection state, int tag, string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] bytes = state.IsRestoring ? [] : Encoding.UTF8.GetBytes(value);
        bytes = state.Variable<byte>(tag, StateKind.Text, bytes, 0, int.MaxValue, name);
        return state.IsRestoring ? Encoding.UTF8.GetString(bytes) : value;
    }

    /// <summary>A text.</summary>
    public static void Item(
        this StateSection state,
        int tag,
        ref string value,
        [CallerArgumentExpression(nameof(value))] string name = "") =>
        value = state.Item(tag, value, name);
}
