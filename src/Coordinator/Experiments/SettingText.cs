using System.Reflection;
using System.Xml.Linq;

namespace Nudge.Experiments;

/// <summary>What each setting means: the summaries of the records, from the documentation beside the program.</summary>
internal sealed class SettingText
{
    private readonly Dictionary<string, string> _summaries = [];

    private SettingText()
    {
        foreach (string file in new[] { "Nudge.Neurons.xml", "nudge.xml" })
        {
            string path = Path.Combine(AppContext.BaseDirectory, file);
            if (!File.Exists(path))
                continue;
            foreach (XElement member in XDocument.Load(path).Descendants("member"))
            {
                if (member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
                    _summaries[name] = Plain(summary);
            }
        }
    }

    internal static SettingText Instance { get; } = new();

    internal string? Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Plain(XElement summary)
    {
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" or "paramref" } element => Last(element),
            XElement element => element.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Last(XElement element)
    {
        string name = (element.Attribute("cref") ?? element.Attribute("name"))?.Value ?? "";
        string word = name[(name.LastIndexOf('.') + 1)..];
        return word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..];
    }
}
