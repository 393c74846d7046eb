using Nudge.Testing;

namespace Nudge.Cluster.Tests.Architecture;

public sealed class DisposalTests
{
    [Fact]
    public void Every_test_class_is_disposed_of() => DisposalCheck.Hold(typeof(DisposalTests).Assembly);
}
