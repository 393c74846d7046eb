using Nudge.Experiments;
using Nudge.Experiments.Yaml;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>A YAML block of a page: a whole experiment, or some sections of one.</summary>
/// <param name="Place">Page and line.</param>
/// <param name="Text">The YAML.</param>
/// <param name="Root">Its content.</param>
internal sealed record Example(string Place, string Text, YamlMap Root)
{
    internal bool IsWhole => Root["populations"] is not null && Root["name"] is not null;

    internal string? Name => (Root["name"] as YamlValue)?.Text;
}

/// <summary>The YAML blocks of pages.</summary>
internal static class Examples
{
    /// <exception cref="ExperimentException">A block is no YAML.</exception>
    internal static IEnumerable<Example> On(Page page)
    {
        foreach (Block block in page.Blocks.Where(block => block.Language == "yaml"))
        {
            string place = $"{page.Name}:{block.Line}";
            var findings = new Findings();
            YamlTree tree = YamlReader.Read(block.Text, place, findings);
            findings.ThrowIfAny();
            yield return new(place, block.Text, Assert.IsType<YamlMap>(tree));
        }
    }

    /// <summary>Whole experiments of a page under the file names that its commands use: NAME.yaml.</summary>
    internal static Dictionary<string, string> FilesOn(Page page) =>
        On(page).Where(one => one.IsWhole).ToDictionary(one => $"{one.Name}.yaml", one => one.Text);
}
