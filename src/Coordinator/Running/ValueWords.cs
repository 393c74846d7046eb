using Nudge.Wire;

namespace Nudge.Running;

/// <summary>The words of the command line for the formats of values on the wire.</summary>
internal static class ValueWords
{
    internal static IReadOnlyDictionary<string, ValueFormat> All { get; } = new Dictionary<string, ValueFormat>
    {
        ["float32"] = ValueFormat.Exact,
        ["bfloat16"] = ValueFormat.Bfloat16,
        ["float16"] = ValueFormat.Float16,
    };

    internal static string Of(ValueFormat format) => All.Single(pair => pair.Value == format).Key;
}
