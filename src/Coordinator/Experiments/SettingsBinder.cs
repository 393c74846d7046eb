using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Nudge.Populations;
using Nudge.Projections;
using YamlDotNet.RepresentationModel;

namespace Nudge.Experiments;

/// <summary>Turns a tree into settings, strictly: every key must be known, every value of the right kind and in range.</summary>
internal sealed class SettingsBinder(SourceTree tree)
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, string> _places = [];

    internal IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Where a setting stands, or where the nearest map that it would belong to stands.</summary>
    internal string PlaceOf(string path)
    {
        while (!_places.ContainsKey(path) && path.Contains('.', StringComparison.Ordinal))
            path = path[..path.LastIndexOf('.')];
        return _places.TryGetValue(path, out string? place) ? place : tree.Place(tree.Root);
    }

    internal ExperimentSettings? Bind()
    {
        object? bound = BindRecord(typeof(ExperimentSettings), tree.Root, "");
        return _problems.Count == 0 ? (ExperimentSettings?)bound : null;
    }

    private object? Bind(Type type, YamlNode node, string path, PropertyInfo property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(GranularitySettings))
            return BindGranularity(node, path);
        if (type == typeof(RateSchedule) && node is YamlScalarNode law)
            return BindEnum(typeof(RateLaw), law, path) is RateLaw word ? new RateSchedule { Law = word } : null;
        if (SettingName.IsMap(type, out Type values))
            return BindMap(values, node, path, property);
        if (type.IsClass && type != typeof(string))
            return BindRecord(type, node, path);
        if (node is not YamlScalarNode scalar)
            return Wrong(node, path, $"expected {Expected(type)}, found a {Kind(node)}");
        return type.IsEnum ? BindEnum(type, scalar, path) : BindScalar(type, scalar, path, property);
    }

    private object? BindRecord(Type type, YamlNode node, string path)
    {
        if (node is not YamlMappingNode map)
            return Wrong(node, path, $"expected a map of settings, found {Show(node)}");
        object record = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> known = SettingName.Of(type).ToDictionary(SettingName.Key);
        foreach ((YamlNode keyNode, YamlNode value) in map.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value ?? "";
            string inner = Join(path, key);
            _places[inner] = tree.Place(value);
            if (!known.TryGetValue(key, out PropertyInfo? property))
            {
                Unknown(keyNode, path, key, known.Keys);
                continue;
            }

            if (Bind(property.PropertyType, value, inner, property) is { } bound)
                property.SetValue(record, bound);
        }

        foreach ((string key, PropertyInfo property) in known)
        {
            if (SettingName.IsRequired(property) && !map.Children.ContainsKey(key))
                Wrong(map, Join(path, key), "is missing");
        }

        return record;
    }

    private object? BindMap(Type valueType, YamlNode node, string path, PropertyInfo property)
    {
        if (node is not YamlMappingNode map)
            return Wrong(node, path, $"expected a map from names to settings, found {Show(node)}");
        var bound = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach ((YamlNode keyNode, YamlNode value) in map.Children)
        {
            string name = (keyNode as YamlScalarNode)?.Value ?? "";
            string inner = Join(path, name);
            _places[inner] = tree.Place(value);
            bool plain = name.Length is > 0 and <= 64
                && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
            if (!plain)
                Wrong(keyNode, inner, "expected a name of letters, digits, - and _");
            if (Bind(valueType, value, inner, property) is { } item)
                bound.Add(name, item);
        }

        return bound;
    }

    private object? BindGranularity(YamlNode node, string path)
    {
        const string Expected = "expected layer, neuron or {slice: n}";
        if (node is YamlScalarNode { Value: "layer" })
            return GranularitySettings.Layer;
        if (node is YamlScalarNode { Value: "neuron" })
            return new GranularitySettings(GranularityKind.Neuron);
        if (node is not YamlMappingNode map)
            return Wrong(node, path, $"{Show(node)} is unknown; {Expected}");
        foreach ((YamlNode key, _) in map.Children)
        {
            if (key is not YamlScalarNode { Value: "slice" })
                return Wrong(key, path, $"{Show(key)} is unknown; {Expected}");
        }

        YamlNode size = map.Children.Values.FirstOrDefault() ?? map;
        bool whole = int.TryParse((size as YamlScalarNode)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n);
        return whole && n is >= 1 and <= 1_000_000
            ? new GranularitySettings(GranularityKind.Slice, n)
            : Wrong(size, $"{path}.slice", $"{Show(size)} is out of range; expected a whole number from 1 to 1000000");
    }

    private object? BindEnum(Type type, YamlScalarNode node, string path)
    {
        IReadOnlyList<string> words = SettingName.Words(type);
        int index = words.ToList().IndexOf(node.Value ?? "");
        if (index >= 0)
            return Enum.GetValues(type).GetValue(index);
        string? near = SettingName.Nearest(node.Value ?? "", words);
        string hint = near is null ? "" : $"; did you mean {near}?";
        return Wrong(node, path, $"{Show(node)} is unknown; expected {string.Join(", ", words)}{hint}");
    }

    private object? BindScalar(Type type, YamlScalarNode node, string path, PropertyInfo property)
    {
        string text = node.Value ?? "";
        object? value = Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            TypeCode.Boolean => text switch { "true" => true, "false" => false, _ => null },
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int i) ? i : null,
            TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long l) ? l : null,
            TypeCode.UInt64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong u) ? u : null,
            TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d)
                && double.IsFinite(d) ? d : null,
            _ => null,
        };
        if (value is null)
            return Wrong(node, path, $"expected {Expected(type)}, found {Show(node)}");
        string? outside = Outside(value, property);
        return outside is null ? value : Wrong(node, path, $"{Show(node)} is out of range; expected {outside}");
    }

    private static string? Outside(object value, PropertyInfo property)
    {
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern && value is string text)
            return pattern.IsValid(text) && text.Length > 0 ? null : "up to 64 letters, digits, dots, - and _";
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range || value is string)
            return null;
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        double low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        double high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        bool inside = (range.MinimumIsExclusive ? number > low : number >= low)
            && (range.MaximumIsExclusive ? number < high : number <= high);
        return inside ? null : RangeText.Of(range);
    }

    private void Unknown(YamlNode keyNode, string path, string key, IEnumerable<string> known)
    {
        string? near = SettingName.Nearest(key, known);
        string hint = near is null ? $"expected one of {string.Join(", ", known)}" : $"did you mean {near}?";
        Wrong(keyNode, Join(path, key), $"unknown setting; {hint}");
    }

    private object? Wrong(YamlNode node, string path, string message)
    {
        _problems.Add(new(tree.Place(node), path, message));
        return null;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Kind(YamlNode node) => node is YamlMappingNode ? "map" : "list";

    private static string Show(YamlNode node) => node is YamlScalarNode scalar
        ? scalar.Value is { Length: > 0 and <= 60 } text ? text : scalar.Value is { Length: > 60 } ? "a long text" : "nothing"
        : $"a {Kind(node)}";

    private static string Expected(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => $"one of {string.Join(", ", SettingName.Words(type))}",
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.UInt64 => "a whole number of at least 0",
        TypeCode.Double => "a number",
        _ => "a text",
    };
}
