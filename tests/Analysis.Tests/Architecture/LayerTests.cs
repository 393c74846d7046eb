using Nudge.Testing;

namespace Nudge.Analysis.Tests.Architecture;

/// <summary>The folders of the analysis depend in one direction.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_name_lower_layers_only() => LayerCheck.Hold("Analysis", """
        Baselines           # backpropagation on the same network
        Relaxation Oracles  # fixed points in lockstep; exact gradients
        Audit               # what a rule reads and remembers
        Truth Variance      # mean and spread of updates, held against the oracles
        """);
}
