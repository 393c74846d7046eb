using Nudge.Links;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>
/// Makes the ends of a plan's links. One place names their random draws, so that each engine draws the same fates.
/// </summary>
internal static class LinkEnds
{
    /// <summary>The end of a link between slices.</summary>
    internal static LinkEnd CreateEnd(this LinkPlan link, ulong seed) =>
        new(link.Projection.Link, new RandomKey(seed, RandomPurpose.LinkFate, link.Key));

    /// <summary>The end of the way back along a link: of acknowledgements, or of requests for what is missing.</summary>
    internal static LinkEnd CreateReturnEnd(this LinkPlan link, ulong seed) =>
        new(link.Projection.Link, new RandomKey(seed, RandomPurpose.ReturnFate, link.Key));

    /// <summary>The end of a control channel.</summary>
    internal static LinkEnd CreateEnd(this ControlPlan channel, ulong seed) =>
        new(channel.Link, Key(channel, seed, direction: 0));

    /// <summary>The end of the way back of a control channel's acknowledgements.</summary>
    internal static LinkEnd CreateAcknowledgementEnd(this ControlPlan channel, ulong seed) =>
        new(channel.Link, Key(channel, seed, direction: 1));

    private static RandomKey Key(ControlPlan channel, ulong seed, uint direction) =>
        new(seed, RandomPurpose.ControlFate, ((ulong)channel.Index << 1) | direction);
}
