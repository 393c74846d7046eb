using System.Collections.Immutable;

namespace Nudge.Netlab.Forwarding;

/// <summary>The links that carry nothing at present.</summary>
internal sealed record Cuts
{
    private readonly ImmutableHashSet<LinkName> _links;

    private Cuts(ImmutableHashSet<LinkName> links) => _links = links;

    internal static Cuts None { get; } = new(ImmutableHashSet<LinkName>.Empty);

    internal bool Has(LinkName link) => _links.Contains(link);

    internal Cuts With(IEnumerable<LinkName> links) => new(_links.Union(links));

    internal Cuts Without(IEnumerable<LinkName> links) => new(_links.Except(links));
}
