using Nudge.Testing;

namespace Nudge.Neurons.Tests.Architecture;

/// <summary>
/// Rules from outside the simulator cannot name what a view of synapses is made of; rules within it could, since it is
/// internal.
/// </summary>
public sealed class LocalityTests
{
    private static readonly string[] Allowed =
    [
        "src/Neurons/Plasticity/BatchedRule.cs:", // applies the sums that wait at the synapses
        "src/Neurons/Plasticity/MeteredRule.cs:", // measures the updates of another rule
        "src/Neurons/Synapses/SynapseView.cs:",
    ];

    [Fact]
    public void Only_what_batches_or_measures_updates_looks_behind_the_view_of_synapses()
    {
        IReadOnlyList<string> mentions = MemberMentions.Of("Neurons", "Group", "Groups");
        Assert.All(Allowed, file => Assert.Contains(mentions, place => place.StartsWith(file, StringComparison.Ordinal)));
        Assert.DoesNotContain(mentions, place => !Allowed.Any(file => place.StartsWith(file, StringComparison.Ordinal)));
    }
}
