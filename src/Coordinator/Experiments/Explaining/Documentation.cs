using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Plugins;

namespace Nudge.Experiments.Explaining;

/// <summary>
/// The meaning of each setting, from the documentation comments of its record, which the build puts in an XML file
/// beside each assembly. Where that file is missing, settings go without a comment.
/// </summary>
internal sealed partial class Documentation
{
    // The files are large, and settings that are written without explanations do not need them.
    private static readonly Lazy<Documentation> Settings = new(
        () => new(typeof(Networks.NetworkSettings).Assembly, typeof(Documentation).Assembly));

    private readonly Dictionary<string, string> _summaries = new(StringComparer.Ordinal);

    internal Documentation(params ReadOnlySpan<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
            Read(Plugin.Of(assembly)?.DocumentationFile ?? Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
    }

    /// <summary>The documentation of all records of an experiment file.</summary>
    /// <param name="catalogue">What files may name.</param>
    internal static Documentation Of(DefinitionCatalogue catalogue) =>
        catalogue == Definitions.All ? Settings.Value : new([.. catalogue.Assemblies]);

    /// <summary>What a key means, in one line; empty where it is not documented.</summary>
    internal string Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private void Read(string file)
    {
        if (!File.Exists(file))
            return;
        try
        {
            foreach (XElement member in XDocument.Load(file).Descendants("member"))
            {
                if (member.Element("summary") is { } summary)
                    _summaries[(string?)member.Attribute("name") ?? ""] = Flat(summary);
            }
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // Comments are optional: a damaged file of them must not prevent the validation of an experiment.
            _summaries.Clear();
        }
    }

    private static string Flat(XElement summary) =>
        Blank().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => Words.Key(Last((string?)see.Attribute("cref") ?? "")),
        XElement element => element.Value,
        _ => "",
    };

    private static string Last(string cref) => cref.Length == 0 ? "?" : cref[(cref.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
