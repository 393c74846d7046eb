using System.Reflection;
using Nudge.Numerics;

namespace Nudge.Audit;

/// <summary>Copies a value with all that hangs on it, so that the original may change while the copy stays.</summary>
internal static class DeepCopy
{
    private static readonly MethodInfo Shallow =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    internal static object? Of(object? value) => Of(value, new(ReferenceEqualityComparer.Instance));

    private static object? Of(object? value, Dictionary<object, object> copies)
    {
        if (value is null || StaysShared(value))
            return value;
        if (copies.TryGetValue(value, out object? made))
            return made;
        object copy = value is PanelMatrix matrix ? matrix.Storage.ToArray() : Shallow.Invoke(value, null)!;
        copies[value] = copy;
        if (copy is Array array)
            CopyElements(array, copies);
        else
            CopyFields(copy, copies);
        return copy;
    }

    private static bool StaysShared(object value) =>
        value is Delegate || KnownKinds.IsPlain(value.GetType()) || KnownKinds.IsConstant(value.GetType())
        || KnownKinds.IsSynaptic(value.GetType());

    private static void CopyElements(Array array, Dictionary<object, object> copies)
    {
        if (array.Rank != 1 || KnownKinds.IsPlain(array.GetType().GetElementType()!))
            return;
        for (int i = 0; i < array.Length; i++)
            array.SetValue(Of(array.GetValue(i), copies), i);
    }

    private static void CopyFields(object copy, Dictionary<object, object> copies)
    {
        foreach (FieldInfo field in KnownKinds.Fields(copy.GetType()))
        {
            if (!KnownKinds.IsPlain(field.FieldType) && !field.FieldType.IsPointer)
                field.SetValue(copy, Of(field.GetValue(copy), copies));
        }
    }
}
