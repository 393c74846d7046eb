using System.Runtime.CompilerServices;

namespace Nudge.State;

/// <summary>Numbers of a state of which only some are valid: those of an enumeration, and indices.</summary>
public static class StateChoices
{
    /// <summary>A value of an enumeration, by its number; a number that it does not define is refused.</summary>
    public static T Choice<T>(
        this StateSection state, int tag, T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(state);
        long number = state.Item(tag, state.IsRestoring ? 0 : Convert.ToInt64(value, null), name);
        if (!state.IsRestoring)
            return value;
        foreach (T defined in Enum.GetValues<T>())
        {
            if (Convert.ToInt64(defined, null) == number)
                return defined;
        }

        throw state.Fault(name, $"holds {number}, which is no {typeof(T).Name}");
    }

    /// <summary>A value of an enumeration, by its number; a number that it does not define is refused.</summary>
    public static void Choice<T>(
        this StateSection state, int tag, ref T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum => value = state.Choice(tag, value, name);

    /// <summary>An index into something of a length that the program knows; one outside is refused.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="value">The index, from 0 to count − 1.</param>
    /// <param name="count">The length.</param>
    /// <param name="name">What a fault calls it.</param>
    public static int Index(
        this StateSection state,
        int tag,
        int value,
        int count,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        int index = state.Item(tag, value, name);
        return !state.IsRestoring || (uint)index < (uint)count
            ? index
            : throw state.Fault(name, $"holds {index}, which is no index below {count}");
    }
}
