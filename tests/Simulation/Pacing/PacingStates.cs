using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Nudge.Simulation.Pacing;

/// <summary>The fields of state machines in words, for the history of a run that fails.</summary>
internal static class PacingStates
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>All that a machine knows which is a number, a flag or a set of numbers.</summary>
    internal static string Of(object machine) => string.Join(", ", machine.GetType().GetFields(Fields)
        .Select(field => (field.Name, Value: TextOf(field.GetValue(machine))))
        .Where(field => field.Value.Length > 0)
        .Select(field => $"{field.Name} {field.Value}"));

    private static string TextOf(object? value) => value switch
    {
        bool or int or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        IEnumerable<int> or IEnumerable<long> or IEnumerable<bool> => $"[{string.Join(" ", ((IEnumerable)value).Cast<object>())}]",
        _ => "",
    };
}
