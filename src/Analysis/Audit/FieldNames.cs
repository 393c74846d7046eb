using System.Reflection;

namespace Nudge.Audit;

/// <summary>Names of fields as their authors know them.</summary>
internal static class FieldNames
{
    private const string OfParameter = ">P";

    /// <summary>The property of a backing field, the parameter of a captured one, else the name itself.</summary>
    internal static string Of(FieldInfo field)
    {
        int end = field.Name[0] == '<' ? field.Name.IndexOf('>', 1) : -1;
        return end > 1 ? field.Name[1..end] : field.Name;
    }

    /// <summary>
    /// Whether it is assigned once; a captured constructor parameter counts, though the compiler does not mark it so.
    /// </summary>
    internal static bool IsAssignedOnce(FieldInfo field) =>
        field.IsInitOnly || field.Name.EndsWith(OfParameter, StringComparison.Ordinal);
}
