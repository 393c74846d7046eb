using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Checks;
using Nudge.Experiments.Sweeping;
using Nudge.Experiments.Yaml;
using Nudge.Interventions;
using Nudge.Plugins;
using Nudge.Topology;

namespace Nudge.Experiments;

/// <summary>Loads experiment files: read, override, bind, check. All errors are reported together.</summary>
public static class ExperimentFile
{
    /// <summary>The experiment that runs where none is named.</summary>
    public const string Default = "digits";

    /// <summary>The names of the experiments that are built into the program.</summary>
    public static IReadOnlyList<string> Embedded => ExperimentText.Embedded;

    /// <summary>Loads a file, or the experiment built in under a name.</summary>
    /// <param name="fileOrEmbeddedName">A path, or one of <see cref="Embedded"/>.</param>
    /// <param name="overrides">Assignments <c>path=value</c>, applied in order.</param>
    /// <param name="seed">A seed in the place of the file's.</param>
    /// <exception cref="ExperimentException">The file cannot be used.</exception>
    public static LoadedExperiment Load(string fileOrEmbeddedName, IReadOnlyList<string> overrides, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(fileOrEmbeddedName);
        (string text, string source) = ExperimentText.Read(fileOrEmbeddedName);
        return Parse(source, text, overrides, seed);
    }

    /// <summary>Loads the text of a file.</summary>
    /// <param name="source">What errors call it.</param>
    /// <param name="text">YAML.</param>
    /// <param name="overrides">Assignments <c>path=value</c>, applied in order.</param>
    /// <param name="seed">A seed in the place of the text's.</param>
    /// <exception cref="ExperimentException">The text cannot be used.</exception>
    public static LoadedExperiment Parse(string source, string text, IReadOnlyList<string> overrides, ulong? seed) =>
        Parse(source, text, overrides, seed, PluginPlaces.OfUser(FolderOf(source)));

    /// <summary>Loads the text of a file, whose plug-ins are looked for in given places.</summary>
    /// <exception cref="ExperimentException">The text cannot be used.</exception>
    internal static LoadedExperiment Parse(
        string source, string text, IReadOnlyList<string> overrides, ulong? seed, PluginPlaces plugins)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(overrides);
        var findings = new Findings();
        YamlTree tree = YamlReader.Read(text, source, findings);
        if (tree is YamlMap root)
        {
            foreach (string assignment in overrides)
                Overrides.Apply(root, assignment, findings);
            if (seed is { } number)
                Overrides.ApplySeed(root, number);
            new SweepSectionReader(findings).TakeFrom(root);
        }

        if (tree is YamlMap map)
            MovedSettings.Apply(map, findings);
        var places = new PlaceMap(tree.Place);
        var scope = new DefinitionScope(plugins);
        ExperimentSettings settings = new Binder(findings, places, scope).Root<ExperimentSettings>(tree);
        // Without a plug-in, all that it defines is unknown.
        findings.ThrowIfAny("plugins[");
        ExperimentChecks.Run(new(settings, places, findings, scope.Catalogue));
        findings.ThrowIfAny();
        return new(Rounding.WholeLanes(settings), findings.Warnings, text, source) { Places = places };
    }

    /// <summary>Reads an intervention that is asked for while a network runs.</summary>
    /// <param name="text">YAML or JSON, as under <c>interventions</c> and without a time.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ExperimentException">It is none, or the network does not have what it is about.</exception>
    internal static InterventionSettings ParseIntervention(string text, NetworkTopology network)
    {
        var findings = new Findings();
        YamlTree tree = YamlReader.Read(text, "the request", findings);
        findings.ThrowIfAny();
        var places = new PlaceMap(tree.Place);
        InterventionSettings? settings =
            new Binder(findings, places, new DefinitionScope(Definitions.All)).Member<InterventionSettings>(tree);
        findings.ThrowIfAny();
        var placed = new PlacedFindings(findings, places);
        (settings as ReversibleIntervention)?.CheckEnd("", placed);
        settings!.Check("", InterventionTargets.Of(network), placed);
        if (settings.At is not null)
            placed.Error("at", "what is asked for takes place at the end of the present phase; expected no time");
        findings.ThrowIfAny();
        return settings;
    }

    private static string FolderOf(string source) =>
        File.Exists(source) ? Path.GetDirectoryName(Path.GetFullPath(source))! : Environment.CurrentDirectory;

    private sealed record PlacedFindings(Findings Findings, PlaceMap Places) : IFindings
    {
        public void Error(string path, string message) => Findings.Error(Places.Of(Own(path)), Own(path), message);

        public void Warn(string path, string message) => Findings.Warn(Places.Of(Own(path)), Own(path), message);

        public bool IsWritten(string path) => Places.Has(Own(path));

        // It has no path above it, as it would have in a file.
        private static string Own(string path) => path.TrimStart('.');
    }

    /// <summary>The plug-ins of a text, with absolute paths and the hashes that they have now.</summary>
    /// <exception cref="ExperimentException">One of them cannot be used.</exception>
    internal static IReadOnlyList<PluginSettings> PluginsOf(ExperimentText text, IReadOnlyList<string> overrides) =>
        Section<IReadOnlyList<PluginSettings>>(text, overrides, "plugins") ?? [];

    /// <summary>The file of weights that a text names; null for none.</summary>
    /// <exception cref="ExperimentException">It is not named as it must be.</exception>
    internal static InitSettings? InitOf(ExperimentText text, IReadOnlyList<string> overrides) =>
        Section<InitSettings>(text, overrides, "init");

    private static T? Section<T>(ExperimentText text, IReadOnlyList<string> overrides, string name)
        where T : class
    {
        var findings = new Findings();
        if (YamlReader.Read(text.Text, text.Source, findings) is not YamlMap root)
            return null;
        foreach (string assignment in overrides)
            Overrides.Apply(root, assignment, findings);
        if (root[name] is null or YamlValue { IsNull: true })
            return null;
        var scope = new DefinitionScope(PluginPlaces.OfUser(FolderOf(text.Source)));
        T? read = new Binder(findings, new(root.Place), scope).Member<T>(root[name]!);
        findings.ThrowIfAny();
        return read;
    }

    /// <summary>The <c>sweep:</c> section of a text; null where it has none.</summary>
    /// <exception cref="ExperimentException">It is no section.</exception>
    internal static SweepSection? SweepOf(ExperimentText text)
    {
        var findings = new Findings();
        SweepSection? section = YamlReader.Read(text.Text, text.Source, findings) is YamlMap root
            ? new SweepSectionReader(findings).TakeFrom(root)
            : null;
        findings.ThrowIfAny();
        return section;
    }
}
