using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nudge.Testing;

/// <summary>Finds which namespaces of a project the code of a file mentions, by syntax alone.</summary>
internal sealed class NamespaceMentions
{
    private readonly Dictionary<string, HashSet<string>> _types = new(StringComparer.Ordinal);

    /// <param name="files">All files of the project.</param>
    internal NamespaceMentions(IEnumerable<SourceFile> files)
    {
        foreach ((string name, string type) in files.SelectMany(file => file.Types))
        {
            if (!_types.TryGetValue(name, out HashSet<string>? types))
                _types.Add(name, types = new(StringComparer.Ordinal));
            types.Add(type);
        }
    }

    /// <summary>Every mention in a file with the namespace, which has types of the project.</summary>
    internal IEnumerable<(SyntaxNode At, string Namespace)> In(SourceFile file)
    {
        foreach (UsingDirectiveSyntax directive in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            foreach (NameSyntax name in directive.NamespaceOrType.DescendantNodesAndSelf().OfType<NameSyntax>()
                .Where(name => name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax)))
            {
                if (Resolve(Parts(name), directive, mayEnd: true) is { } target)
                    yield return (directive, target);
            }
        }

        IReadOnlySet<string> declared = file.Declared();
        foreach (SyntaxNode name in file.Root.DescendantNodes().Where(IsWhole))
        {
            string[] parts = Parts(name);
            if (parts.Length == 0 || (IsExpression(name) && !CanBeType(name, parts, declared)))
                continue;
            if ((Resolve(parts, name, mayEnd: false) ?? Surrounding(parts[0], name)) is { } target)
                yield return (name, target);
        }
    }

    /// <summary>The longest namespace with which a dotted name begins, looked up from the innermost one on.</summary>
    /// <param name="parts">The name.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="mayEnd">Whether the name may be the namespace itself; else a type of it must follow.</param>
    private string? Resolve(string[] parts, SyntaxNode at, bool mayEnd)
    {
        foreach (string outer in Enclosing(SourceFile.NamespaceOf(at)).Append(""))
        {
            for (int length = parts.Length; length > 0; length--)
            {
                string name = string.Join('.', parts.Take(length));
                string full = outer.Length == 0 ? name : $"{outer}.{name}";
                if (!_types.TryGetValue(full, out HashSet<string>? types))
                    continue;
                if (length == parts.Length ? mayEnd : types.Contains(parts[length]))
                    return full;
            }
        }

        return null;
    }

    /// <summary>The namespace around the file's own that declares a type, which needs no using there.</summary>
    private string? Surrounding(string type, SyntaxNode at)
    {
        string own = SourceFile.NamespaceOf(at);
        string? found = Enclosing(own).FirstOrDefault(
            name => _types.TryGetValue(name, out HashSet<string>? types) && types.Contains(type));
        return found == own ? null : found;
    }

    private static IEnumerable<string> Enclosing(string name)
    {
        for (string outer = name; outer.Length > 0; outer = outer[..Math.Max(0, outer.LastIndexOf('.'))])
            yield return outer;
    }

    /// <summary>Whether a node is a name that is not part of a longer one and does not label an argument.</summary>
    private static bool IsWhole(SyntaxNode node)
    {
        if (node is not (NameSyntax or MemberAccessExpressionSyntax)
            || node.Ancestors().Any(above => above is UsingDirectiveSyntax))
            return false;
        return node.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == node && Parts(access).Length == 0,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != node,
            QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberBindingExpressionSyntax => false,
            NameColonSyntax or ExpressionColonSyntax or NameEqualsSyntax or BaseNamespaceDeclarationSyntax => false,
            _ => true,
        };
    }

    private static bool IsExpression(SyntaxNode name) => !SyntaxFacts.IsInTypeOnlyContext((ExpressionSyntax)name);

    /// <summary>
    /// Whether a name in an expression can begin with a namespace or a type: members and variables come before both,
    /// and a name alone is a value, except in a pattern.
    /// </summary>
    private static bool CanBeType(SyntaxNode name, string[] parts, IReadOnlySet<string> declared) =>
        !declared.Contains(parts[0]) && (parts.Length > 1 || name.Parent is ConstantPatternSyntax);

    /// <summary>The identifiers of a dotted name; none where it begins with anything but an identifier.</summary>
    private static string[] Parts(SyntaxNode node) => node switch
    {
        AliasQualifiedNameSyntax name when name.Alias.Identifier.IsKind(SyntaxKind.GlobalKeyword) =>
            [name.Name.Identifier.ValueText],
        QualifiedNameSyntax name => Longer(Parts(name.Left), name.Right),
        MemberAccessExpressionSyntax access => Longer(Parts(access.Expression), access.Name),
        SimpleNameSyntax name => [name.Identifier.ValueText],
        _ => [],
    };

    private static string[] Longer(string[] parts, SimpleNameSyntax name) =>
        parts.Length == 0 ? [] : [.. parts, name.Identifier.ValueText];
}
