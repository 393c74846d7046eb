using System.Reflection;
using System.Text;

namespace Nudge.Experiments;

/// <summary>How settings are spelled in experiment files.</summary>
internal static class SettingName
{
    /// <summary>The settings of a record: its public properties that can be set.</summary>
    internal static IEnumerable<PropertyInfo> Of(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    internal static string Key(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    internal static bool IsRequired(PropertyInfo property) =>
        property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute");

    internal static bool IsMap(Type type, out Type values)
    {
        bool map = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);
        values = map ? type.GetGenericArguments()[1] : type;
        return map;
    }

    /// <summary>kebab-case words of an enum.</summary>
    internal static IReadOnlyList<string> Words(Type type) => [.. Enum.GetNames(type).Select(Kebab)];

    internal static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The word nearest to a misspelled one, or null if none is near.</summary>
    internal static string? Nearest(string word, IEnumerable<string> known)
    {
        (int distance, string? best) = (Math.Max(2, word.Length / 3) + 1, (string?)null);
        foreach (string candidate in known)
        {
            int d = Distance(word, candidate);
            if (d < distance)
                (distance, best) = (d, candidate);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[b.Length];
    }
}
