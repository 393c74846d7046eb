using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nudge.Testing;

/// <summary>A C# file: the namespaces and types that it declares, and its syntax tree.</summary>
internal sealed class SourceFile
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    private SourceFile(string path, string folder, CompilationUnitSyntax root)
    {
        Path = path;
        Folder = folder;
        Root = root;
    }

    /// <summary>Where it is, from the folder above <c>src</c>, for messages.</summary>
    internal string Path { get; }

    /// <summary>Its folder relative to the project; <c>.</c> for the project itself.</summary>
    internal string Folder { get; }

    internal CompilationUnitSyntax Root { get; }

    internal IEnumerable<BaseNamespaceDeclarationSyntax> Namespaces =>
        Root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<BaseNamespaceDeclarationSyntax>();

    /// <summary>The files of a project, without what a build generates.</summary>
    /// <param name="source">The project's folder.</param>
    internal static IReadOnlyList<SourceFile> AllOf(string source)
    {
        string project = System.IO.Path.GetFullPath(source);
        string above = System.IO.Path.GetFullPath(System.IO.Path.Combine(project, "..", ".."));
        return
        [
            .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                .Where(file => Slashed(project, file).Split('/')[0] is not ("obj" or "bin"))
                .Order(StringComparer.Ordinal)
                .Select(file => new SourceFile(
                    Slashed(above, file), Slashed(project, System.IO.Path.GetDirectoryName(file)!), Parse(file))),
        ];
    }

    /// <summary>The full name of the namespace in which a node stands; empty outside of all.</summary>
    internal static string NamespaceOf(SyntaxNode node) => string.Join(
        '.',
        node.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(one => one.Name.ToString()));

    /// <summary>Types that stand directly in a namespace, by the name of the namespace.</summary>
    internal IEnumerable<(string Namespace, string Type)> Types =>
        Root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Select(node => (Node: node, Name: node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                DelegateDeclarationSyntax type => type.Identifier.ValueText,
                _ => "",
            }))
            .Where(found => found.Name.Length > 0)
            .Select(found => (NamespaceOf(found.Node), found.Name));

    /// <summary>Names of members, parameters, variables and nested types: they hide namespaces.</summary>
    internal IReadOnlySet<string> Declared()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in Root.DescendantNodes())
        {
            string? name = node switch
            {
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                ParameterSyntax parameter => parameter.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                ForEachStatementSyntax loop => loop.Identifier.ValueText,
                EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                BaseTypeDeclarationSyntax { Parent: BaseTypeDeclarationSyntax } nested => nested.Identifier.ValueText,
                _ => null,
            };
            if (name is not null)
                names.Add(name);
        }

        return names;
    }

    internal string At(SyntaxNode node) =>
        $"{Path}:{node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    private static CompilationUnitSyntax Parse(string file) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file).GetCompilationUnitRoot();

    private static string Slashed(string from, string path) =>
        System.IO.Path.GetRelativePath(from, path).Replace(System.IO.Path.DirectorySeparatorChar, '/');
}
