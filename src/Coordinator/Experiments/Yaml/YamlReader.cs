using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nudge.Experiments.Yaml;

/// <summary>
/// Reads the plain part of YAML: maps and values in one document. Anchors, aliases and tags are refused, so that no
/// setting stands elsewhere than it is read from.
/// </summary>
internal sealed class YamlReader
{
    private const int Deepest = 24;

    private readonly Parser _parser;
    private readonly Func<Mark, Place> _placeOf;
    private readonly Findings _findings;

    private YamlReader(string text, Func<Mark, Place> placeOf, Findings findings)
    {
        _parser = new(new StringReader(text));
        _placeOf = placeOf;
        _findings = findings;
    }

    /// <summary>Reads a file's text.</summary>
    internal static YamlTree Read(string text, string source, Findings findings)
    {
        Place start = new(source, 1, 1);
        return Indentation.HasTabs(text, source, findings)
            ? new YamlRefused(start)
            : Read(text, mark => new(source, (int)mark.Line, (int)mark.Column), start, findings);
    }

    /// <summary>Reads the value of an option, whose place is the option as a whole.</summary>
    internal static YamlTree ReadOption(string text, Place option, Findings findings) =>
        Read(text, _ => option, option, findings);

    private static YamlTree Read(string text, Func<Mark, Place> placeOf, Place start, Findings findings)
    {
        var reader = new YamlReader(text, placeOf, findings);
        try
        {
            return reader.Document(start);
        }
        catch (YamlException e)
        {
            findings.Error(placeOf(e.Start), "", $"not valid YAML: {Lowered(e.Message)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The parser throws internal exceptions at some damaged texts.
            Place place = reader._parser.Current is { } last ? placeOf(last.End) : start;
            findings.Error(place, "", "not valid YAML after this; is something left open?");
        }

        return new YamlRefused(start);
    }

    private YamlTree Document(Place start)
    {
        Next();
        Next();
        if (_parser.Current is StreamEnd)
            return new YamlValue(start, "", Plain: true);
        Next();
        YamlTree tree = Node("", 0);
        Next();
        Next();
        if (_parser.Current is DocumentStart second)
            _findings.Error(_placeOf(second.Start), "", "a second document; expected one");
        return tree;
    }

    private YamlTree Node(string path, int depth)
    {
        ParsingEvent current = _parser.Current!;
        Place place = _placeOf(current.Start);
        if (depth > Deepest)
            throw new YamlException(current.Start, current.End, $"More than {Deepest} levels, one in another");
        bool refused = IsRefused(current, place, path);
        YamlTree node = current switch
        {
            Scalar scalar => new YamlValue(place, scalar.Value, scalar.Style == ScalarStyle.Plain),
            MappingStart => Map(place, path, depth),
            SequenceStart => List(place, path, depth),
            _ => new YamlRefused(place),
        };
        return refused ? new YamlRefused(place) : node;
    }

    private YamlMap Map(Place place, string path, int depth)
    {
        var map = new YamlMap(place);
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            YamlTree key = Node(path, depth + 1);
            Next();
            string name = key is YamlValue { Text: var text } ? text : "";
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            YamlTree value = Node(inner, depth + 1);
            if (key is YamlMap or YamlList)
                _findings.Error(key.Place, path, "a key that is no word; expected the name of a setting");
            else if (key is YamlValue && !map.TryAdd(new(name, key.Place, value)))
                _findings.Error(key.Place, inner, "duplicate key; expected each key once");
        }

        return map;
    }

    private YamlList List(Place place, string path, int depth)
    {
        var items = new List<YamlTree>();
        for (Next(); _parser.Current is not SequenceEnd; Next())
            items.Add(Node(path, depth + 1));
        return new(place, items);
    }

    private bool IsRefused(ParsingEvent current, Place place, string path)
    {
        string? what = current switch
        {
            AnchorAlias => "an alias",
            NodeEvent { Anchor.IsEmpty: false } => "an anchor",
            NodeEvent { Tag.IsEmpty: false } => "a tag",
            _ => null,
        };
        if (what is not null)
            _findings.Error(place, path, $"{what}, which this format has no use for; expected a plain value or map");
        return what is not null;
    }

    private void Next()
    {
        if (!_parser.MoveNext())
            throw new YamlException("Unexpected end of the document.");
    }

    private static string Lowered(string message) =>
        message.Length == 0 ? "unreadable" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.', '\n', ' ');
}
