namespace Nudge.Audit;

/// <summary>Values that no honest computation survives: not-a-number, flipped bits.</summary>
internal static class Poisoning
{
    /// <summary>Poisons what differs from fresh; what cannot be poisoned becomes fresh.</summary>
    internal static object? Of(object? value, object? fresh)
    {
        if (value is Array array && array.Rank == 1 && IsNumber(array.GetType().GetElementType()!))
            return OfElements(array, fresh as Array);
        return value is not null && IsNumber(value.GetType()) && !value.Equals(fresh) ? OfNumber(value) : fresh;
    }

    private static Array OfElements(Array array, Array? fresh)
    {
        for (int i = 0; i < array.Length; i++)
        {
            object value = array.GetValue(i)!;
            // An element that is as it was made carries nothing of the past.
            if (fresh is null || i >= fresh.Length || !value.Equals(fresh.GetValue(i)))
                array.SetValue(OfNumber(value), i);
        }

        return array;
    }

    private static bool IsNumber(Type type) =>
        type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint);

    private static object OfNumber(object value) => value switch
    {
        float => float.NaN,
        double => double.NaN,
        bool flag => !flag,
        int number => ~number,
        long number => ~number,
        uint number => ~number,
        ulong number => ~number,
        byte number => (byte)~number,
        sbyte number => (sbyte)~number,
        short number => (short)~number,
        ushort number => (ushort)~number,
        _ => throw new ArgumentException($"Nothing is known that poisons {value.GetType().Name}.", nameof(value)),
    };
}
