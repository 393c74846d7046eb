using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nudge.Numerics;

namespace Nudge.Audit;

/// <summary>What a value holds, down to its last number: to compare two values, and to count their bytes.</summary>
internal sealed class CellBytes
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private long _structure;

    private CellBytes(object? value) => Add(value);

    /// <summary>Whether two values hold the same.</summary>
    internal static bool AreSame(object? a, object? b) =>
        new CellBytes(a)._content.WrittenSpan.SequenceEqual(new CellBytes(b)._content.WrittenSpan);

    /// <summary>Bytes of the numbers and texts in a value.</summary>
    internal static long Count(object? value)
    {
        var cell = new CellBytes(value);
        return cell._content.WrittenCount - cell._structure;
    }

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                Mark(0);
                break;
            case string text:
                _content.Write(MemoryMarshal.AsBytes(text.AsSpan()));
                break;
            case Array array:
                AddArray(array);
                break;
            case PanelMatrix matrix:
                AddArray(matrix.Storage.ToArray());
                break;
            case Delegate call:
                Mark(RuntimeHelpers.GetHashCode(call.Method));
                Add(call.Target);
                break;
            case var number when KnownKinds.IsPlain(number.GetType()) && Fields(number).Length == 0:
                AddNumber(number);
                break;
            default:
                AddObject(value);
                break;
        }
    }

    private void AddArray(Array array)
    {
        Mark(array.Length);
        if (array.GetType().GetElementType()!.IsPrimitive)
        {
            Copy(array);
            return;
        }

        foreach (object? element in array)
            Add(element);
    }

    private void AddObject(object value)
    {
        Type type = value.GetType();
        Mark(type.GetHashCode());
        if (!type.IsValueType && (KnownKinds.IsConstant(type) || KnownKinds.IsSynaptic(type) || !_seen.Add(value)))
        {
            Mark(RuntimeHelpers.GetHashCode(value));
            return;
        }

        foreach (FieldInfo field in Fields(value))
            Add(field.GetValue(value));
    }

    private void AddNumber(object number)
    {
        // An enumeration counts as the number that it is.
        object plain = number is Enum ? Convert.ChangeType(number, Enum.GetUnderlyingType(number.GetType()), null) : number;
        Array one = Array.CreateInstance(plain.GetType(), 1);
        one.SetValue(plain, 0);
        Copy(one);
    }

    private void Copy(Array numbers)
    {
        byte[] bytes = new byte[Buffer.ByteLength(numbers)];
        Buffer.BlockCopy(numbers, 0, bytes, 0, bytes.Length);
        _content.Write(bytes);
    }

    private void Mark(int structure)
    {
        _content.Write(BitConverter.GetBytes(structure));
        _structure += sizeof(int);
    }

    private static FieldInfo[] Fields(object value) =>
        value.GetType().IsPrimitive || value is Enum ? [] : KnownKinds.Fields(value.GetType());
}
