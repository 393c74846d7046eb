using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Nudge.Testing;

/// <summary>
/// Holds that the folders of a project depend in one direction: a file may name the namespaces of lower layers and of
/// its own folder, and no others. It reads syntax alone: usings, qualified names, and types of a surrounding namespace,
/// which need neither. A type that is used without its name, as in <c>var x = y.Z;</c>, is not seen.
/// </summary>
public static class LayerCheck
{
    /// <summary>Fails with every violation, each with its file and line.</summary>
    /// <param name="project">A project's folder below <c>src</c>.</param>
    /// <param name="layers">Its layers, in the form that <see cref="FolderLayers"/> describes.</param>
    public static void Hold(string project, string layers) => FailIfAny(Violations(SourceOf(project), layers));

    /// <summary>Fails where a namespace is declared in more than one of the projects below <c>src</c>.</summary>
    public static void HoldNamespacesApart(params string[] projects) =>
        FailIfAny(SharedNamespaces([.. projects.Select(project => SourceOf(project))]));

    /// <summary>The violations in one project, as <c>file:line: what is wrong</c>.</summary>
    /// <param name="source">The project's folder.</param>
    /// <param name="layers">Its layers.</param>
    /// <exception cref="FormatException">The text of layers is not one.</exception>
    public static IReadOnlyList<string> Violations(string source, string layers)
    {
        FolderLayers list = FolderLayers.Parse(layers);
        IReadOnlyList<SourceFile> files = SourceFile.AllOf(source);
        Dictionary<string, (string Owner, string At)[]> declarations =
            Declarations(files, file => list.OwnerOf(file.Folder));
        var mentions = new NamespaceMentions(files);
        return
        [
            .. Unlisted(files, list),
            .. Missing(files, list),
            .. declarations.SelectMany(Shared),
            .. files.SelectMany(file => Upward(file, mentions.In(file), declarations, list)),
            .. files.SelectMany(GlobalUsings),
        ];
    }

    /// <summary>Namespaces that several projects declare, as <c>file:line: what is wrong</c>.</summary>
    /// <param name="sources">The projects' folders.</param>
    public static IReadOnlyList<string> SharedNamespaces(IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        Dictionary<SourceFile, string> projectOf = sources
            .SelectMany(source => SourceFile.AllOf(source)
                .Select(file => (Project: Path.GetFileName(source), File: file)))
            .ToDictionary(one => one.File, one => one.Project);
        return [.. Declarations(projectOf.Keys, file => projectOf[file]).SelectMany(Shared)];
    }

    /// <summary>The folder of a project below <c>src</c> of the sources that this assembly was built from.</summary>
    public static string SourceOf(string project, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", project));

    private static IEnumerable<string> Unlisted(IEnumerable<SourceFile> files, FolderLayers layers) => files
        .Where(file => layers.OwnerOf(file.Folder) is null)
        .GroupBy(file => file.Folder)
        .Select(folder => $"{folder.First().Path}:1: folder {folder.Key} is missing from the list of layers");

    private static IEnumerable<string> Missing(IReadOnlyList<SourceFile> files, FolderLayers layers)
    {
        IEnumerable<string> owners = files.Select(file => layers.OwnerOf(file.Folder)).OfType<string>();
        HashSet<string> found = [.. owners.Select(layers.EntryOf)];
        return layers.Named.Where(folder => !found.Contains(folder))
            .Select(folder => $"the list of layers names {folder}, where there is no file");
    }

    private static Dictionary<string, (string Owner, string At)[]> Declarations(
        IEnumerable<SourceFile> files, Func<SourceFile, string?> owner) => files
            .Where(file => owner(file) is not null)
            .SelectMany(file => file.Namespaces.Select(one =>
                (Name: SourceFile.NamespaceOf(one), Owner: owner(file)!, At: file.At(one))))
            .GroupBy(one => one.Name)
            .ToDictionary(
                one => one.Key,
                one => one.DistinctBy(each => each.Owner).Select(each => (each.Owner, each.At)).ToArray());

    private static IEnumerable<string> Shared(KeyValuePair<string, (string Owner, string At)[]> name) =>
        name.Value.Skip(1).Select(one =>
            $"{one.At}: namespace {name.Key} is declared in {one.Owner} and in "
            + $"{name.Value[0].Owner} ({name.Value[0].At})");

    private static IEnumerable<string> Upward(
        SourceFile file,
        IEnumerable<(SyntaxNode At, string Namespace)> mentions,
        Dictionary<string, (string Owner, string At)[]> declarations,
        FolderLayers layers)
    {
        if (layers.OwnerOf(file.Folder) is not { } own)
            return [];
        // Of a namespace in several folders, which is a violation of its own, the lowest is taken: one fault, one line.
        return mentions
            .Select(mention => (mention.At, mention.Namespace, Owner: declarations
                .GetValueOrDefault(mention.Namespace, []).Select(one => one.Owner).MinBy(layers.LayerOf)))
            .Where(mention => mention.Owner is not null && mention.Owner != own
                && layers.LayerOf(mention.Owner) >= layers.LayerOf(own))
            .Select(mention => $"{file.At(mention.At)}: {own} names {mention.Namespace}, but {mention.Owner} is "
                + (layers.LayerOf(mention.Owner!) == layers.LayerOf(own) ? "in the same layer" : "in a higher layer"))
            .Distinct();
    }

    private static IEnumerable<string> GlobalUsings(SourceFile file) => file.Root.Usings
        .Where(one => one.GlobalKeyword.RawKind != 0)
        .Where(one => $"{one.NamespaceOrType}".Contains("Nudge", StringComparison.Ordinal))
        .Select(one => $"{file.At(one)}: a global using hides which folder depends on which");

    private static void FailIfAny(IReadOnlyList<string> violations)
    {
        if (violations.Count > 0)
            Assert.Fail(string.Join('\n', violations));
    }
}
