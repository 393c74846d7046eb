using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;

namespace Nudge.Topology;

/// <summary>Square windows with weights that learn.</summary>
public abstract record WindowConnect : ConnectSettings
{
    /// <summary>Rows and columns of a window.</summary>
    [Range(1, 1000)]
    public required int Kernel { get; init; }

    /// <summary>Rows and columns between the windows of neighbouring positions.</summary>
    [Range(1, 1000)]
    public int Stride { get; init; } = 1;

    /// <summary>Rows and columns by which windows extend beyond the border; what would be there is 0 and has no weights.</summary>
    [Range(0, 999)]
    public int Padding { get; init; }

    private protected Windows Windows => new(Kernel, Stride, Padding);

    /// <inheritdoc/>
    public sealed override void Check(ConnectCheck check) => Windows.Check(check);
}

/// <summary>
/// A convolution (LeCun et al. 1989): the positions of a target channel have one filter in common, of kernel × kernel × source
/// channels weights. The reverse copy, at the units of the source, is the transposed convolution.
/// </summary>
public sealed record ConvolutionConnect : WindowConnect
{
    /// <inheritdoc/>
    public override bool SharesWeights => true;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override Connectivity Create(PopulationShape source, PopulationShape target, bool isBackward) =>
        new ConnectivityBuilder(Windows, source, target, isBackward).Shared();

    internal sealed class Kind() : Definition(
        "convolution",
        "The positions of a target channel have one filter in common, held by the slice that owns the channel.",
        typeof(ConvolutionConnect))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>The windows of a convolution with weights of its own for each position: nothing is shared.</summary>
public sealed record LocalConnect : WindowConnect
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override Connectivity Create(PopulationShape source, PopulationShape target, bool isBackward) =>
        new ConnectivityBuilder(Windows, source, target, isBackward).Unshared();

    internal sealed class Kind() : Definition(
        "local",
        "The windows of a convolution, with weights of its own for each position: locally connected, nothing shared.",
        typeof(LocalConnect))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Average pooling: each unit receives the mean of a window of the same channel. The weights are fixed.</summary>
public sealed record PoolingConnect : ConnectSettings
{
    /// <summary>Rows and columns of a window.</summary>
    [Range(1, 1000)]
    public required int Kernel { get; init; }

    /// <summary>Rows and columns between the windows of neighbouring positions; by default windows lie side by side.</summary>
    [Range(1, 1000)]
    public int? Stride { get; init; }

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    private Windows Windows => new(Kernel, Stride ?? Kernel, 0);

    /// <inheritdoc/>
    public override Connectivity Create(PopulationShape source, PopulationShape target, bool isBackward) =>
        new ConnectivityBuilder(Windows, source, target, isBackward).Averaging();

    /// <inheritdoc/>
    public override void Check(ConnectCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        Windows.Check(check);
        if (check.Source.Channels != check.Target.Channels)
        {
            check.Findings.Error(
                $"populations.{check.To}.shape",
                $"{check.Target.Channels} channels; expected {check.Source.Channels}, as {check.From} has, since pooling joins no channels");
        }
    }

    internal sealed class Kind() : Definition(
        "pooling", "Each unit receives the mean of a window of the same channel; the weights are fixed.", typeof(PoolingConnect))
    {
        internal static readonly Kind Instance = new();
    }
}
