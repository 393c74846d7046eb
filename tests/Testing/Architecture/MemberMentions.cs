using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nudge.Testing;

/// <summary>Where the source of a project mentions members by name.</summary>
public static class MemberMentions
{
    /// <summary>The places, as <c>file:line</c>, in the order of the source.</summary>
    /// <param name="project">A project's folder below <c>src</c>.</param>
    /// <param name="names">Names of the members.</param>
    public static IReadOnlyList<string> Of(string project, params string[] names) =>
    [
        .. SourceFile.AllOf(LayerCheck.SourceOf(project)).SelectMany(file => file.Root.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => names.Contains(name.Identifier.ValueText))
            .Select(file.At)),
    ];
}
