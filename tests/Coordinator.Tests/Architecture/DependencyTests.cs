using Nudge.Checkpoints;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void Cluster_does_not_know_the_coordinator() => Assert.DoesNotContain(
        typeof(CheckpointFile).Assembly.GetReferencedAssemblies(), name => name.Name == "nudge");

    [Fact]
    public void The_coordinator_knows_both_of_the_others()
    {
        string?[] needed = [.. typeof(EngineFactory).Assembly.GetReferencedAssemblies().Select(name => name.Name)];
        Assert.Contains("Nudge.Cluster", needed);
        Assert.Contains("Nudge.Neurons", needed);
    }
}
