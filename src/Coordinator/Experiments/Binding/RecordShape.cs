using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Nudge.Topology;

namespace Nudge.Experiments.Binding;

/// <summary>The keys of a record: what a file may set in its place.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private RecordShape(Type type)
    {
        Type = type;
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            // Tokens of two assemblies do not compare: a family's own settings come first.
            .OrderBy(p => DepthOf(p.DeclaringType!))
            .ThenBy(p => p.MetadataToken)
            .Select(p => new KeyShape(p))];
    }

    internal Type Type { get; }

    internal IReadOnlyList<KeyShape> Keys { get; }

    internal static RecordShape Of(Type type) => Known.GetOrAdd(type, static t => new(t));

    internal KeyShape? Find(string key) => Keys.FirstOrDefault(k => k.Name == key);

    private static int DepthOf(Type type) => type.BaseType is { } above ? 1 + DepthOf(above) : 0;

    /// <summary>A record with every default; what is required is still missing from it.</summary>
    internal object Blank() => Activator.CreateInstance(Type)!;
}

/// <summary>One key of a record.</summary>
internal sealed class KeyShape
{
    internal KeyShape(PropertyInfo property)
    {
        Property = property;
        Name = Words.Key(property.Name);
        Type? underlying = Nullable.GetUnderlyingType(property.PropertyType);
        Type = underlying ?? property.PropertyType;
        Optional = underlying is not null ||
            new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        // By name, because a library brings a copy of this attribute's type along.
        Required = property.CustomAttributes.Any(a => a.AttributeType.Name == "RequiredMemberAttribute");
        Limits = new(
            property.GetCustomAttribute<RangeAttribute>(),
            property.GetCustomAttribute<AllowedValuesAttribute>(),
            property.GetCustomAttribute<RegularExpressionAttribute>());
    }

    /// <summary>The number in <c>granularity: {slice: n}</c> and <c>{channels: n}</c>.</summary>
    internal static KeyShape SliceUnits { get; } =
        new(typeof(GranularitySettings).GetProperty(nameof(GranularitySettings.Units))!);

    internal PropertyInfo Property { get; }

    internal string Name { get; }

    internal Type Type { get; }

    /// <summary>Whether the value may be left out although it has no default.</summary>
    internal bool Optional { get; }

    internal bool Required { get; }

    internal ValueKind Kind => ValueKinds.Of(Type);

    internal Limits Limits { get; }
}
