namespace Nudge.Hosting;

/// <summary>Asks a node what it can do; answered by <see cref="NodeHello"/>.</summary>
internal sealed record AskNode;

/// <summary>What a node says of itself.</summary>
/// <param name="Protocol">The version of the messages between nodes.</param>
/// <param name="FrameBytes">The longest message that it takes.</param>
/// <param name="KeepsSlices">Whether it has a store, so that what it hosts can come to life again elsewhere.</param>
/// <param name="PeakBytes">The most memory that it had resident so far; 0 where it does not say.</param>
internal sealed record NodeHello(int Protocol, int FrameBytes, bool KeepsSlices, long PeakBytes = 0);

/// <summary>Within a node: give up all slices and say <see cref="Retired"/>.</summary>
internal sealed record Retire;

/// <summary>Within a node: nothing is hosted here any more.</summary>
internal sealed record Retired;
