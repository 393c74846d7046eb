using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Nudge.Experiments;

/// <summary>An experiment file as a tree whose every node knows its place, with overrides put in.</summary>
internal sealed class SourceTree
{
    private const int LargestFile = 1 << 20;
    private readonly Dictionary<YamlNode, string> _overridden = new(ReferenceEqualityComparer.Instance);
    private readonly string _name;

    private SourceTree(string name, YamlMappingNode root)
    {
        _name = name;
        Root = root;
    }

    internal YamlMappingNode Root { get; }

    internal static SourceTree Parse(string name, string text)
    {
        if (text.Length > LargestFile)
            throw new ExperimentException([new(name, "", $"the file is larger than {LargestFile} characters")]);
        try
        {
            RefuseWhatIsNotPlain(name, text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
                return new(name, root);
            throw new ExperimentException([new($"{name}:1:1", "", "expected a map of settings, name: … first")]);
        }
        catch (YamlException error)
        {
            throw new ExperimentException([new(At(name, error.Start), "", Plain(error))]);
        }
    }

    internal string Place(YamlNode node) =>
        _overridden.TryGetValue(node, out string? place) ? place : At(_name, node.Start);

    /// <summary>Puts <c>path=value</c> into the tree; maps on the way are made where they are missing.</summary>
    internal void Override(string assignment)
    {
        string place = $"--set {assignment}";
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        string[] path = equals > 0 ? assignment[..equals].Trim().Split('.') : [];
        if (path.Length == 0 || path.Any(string.IsNullOrWhiteSpace))
            throw new ExperimentException([new(place, "", "expected path=value, as in links.activity.loss.rate=0.3")]);
        YamlMappingNode here = Root;
        // A direction's name holds a dot of its own: links.overrides.hidden-label.forward.loss.rate.
        List<string> keys = JoinDirections(path);
        foreach (string key in keys[..^1])
        {
            if (here.Children.TryGetValue(key, out YamlNode? child) && child is YamlMappingNode map)
            {
                here = map;
                continue;
            }

            var made = new YamlMappingNode();
            Mark(made, place);
            here.Children[Marked(new YamlScalarNode(key), place)] = made;
            here = made;
        }

        YamlNode value = ParseValue(assignment[(equals + 1)..], place);
        here.Children.Remove(keys[^1]);
        here.Children[Marked(new YamlScalarNode(keys[^1]), place)] = value;
    }

    private static List<string> JoinDirections(string[] path)
    {
        var keys = new List<string>();
        foreach (string part in path)
        {
            bool direction = part is "forward" or "backward" && keys is ["links", "overrides", _];
            if (direction)
                keys[^1] += "." + part;
            else
                keys.Add(part);
        }

        return keys;
    }

    private YamlNode ParseValue(string text, string place)
    {
        try
        {
            RefuseWhatIsNotPlain(place, text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            YamlNode node = stream.Documents.Count == 1 ? stream.Documents[0].RootNode : new YamlScalarNode("");
            Mark(node, place);
            return node;
        }
        catch (YamlException error)
        {
            throw new ExperimentException([new(place, "", Plain(error))]);
        }
    }

    private void Mark(YamlNode node, string place)
    {
        _overridden[node] = place;
        if (node is not YamlMappingNode map)
            return;
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            _overridden[key] = place;
            Mark(value, place);
        }
    }

    private YamlScalarNode Marked(YamlScalarNode node, string place)
    {
        _overridden[node] = place;
        return node;
    }

    private static void RefuseWhatIsNotPlain(string name, string text)
    {
        var parser = new Parser(new StringReader(text));
        int documents = 0;
        while (parser.MoveNext())
        {
            ParsingEvent? now = parser.Current;
            string? refused = now switch
            {
                AnchorAlias => "aliases are not allowed; write the value out",
                NodeEvent { Anchor.IsEmpty: false } => "anchors are not allowed; write the value out",
                NodeEvent { Tag.IsEmpty: false } => "tags are not allowed; write the plain value",
                DocumentStart when ++documents > 1 => "only one document is allowed",
                _ => null,
            };
            if (refused is not null)
                throw new ExperimentException([new(At(name, now!.Start), "", refused)]);
        }
    }

    private static string At(string name, Mark mark) =>
        name.StartsWith("--set ", StringComparison.Ordinal) ? name : $"{name}:{mark.Line}:{mark.Column}";

    private static string Plain(YamlException error) =>
        error.InnerException is null ? error.Message : error.InnerException.Message;
}
