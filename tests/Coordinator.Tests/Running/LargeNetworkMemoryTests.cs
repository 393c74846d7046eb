using System.Diagnostics;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Running;

public sealed class LargeNetworkMemoryTests
{
    private const string Budget = "DOTNET_GCgen0MaxBudget";
    private const string Profiles = "DOTNET_TieredPGO";

    [Theory]
    [InlineData(LargeNetworkMemory.LargeNetwork - 1, "400000", null)]
    [InlineData(LargeNetworkMemory.LargeNetwork, "200000", "0")]
    public void Nodes_of_a_large_network_trade_speed_for_memory(long synapses, string budget, string? profiles)
    {
        var start = new ProcessStartInfo();
        start.Environment.Remove(Budget);
        IDictionary<string, string?> set = Applied(start, synapses);
        Assert.Equal(budget, set[Budget]);
        Assert.Equal(profiles, set.TryGetValue(Profiles, out string? value) ? value : null);
    }

    [Fact]
    public void What_somebody_has_set_stays()
    {
        var start = new ProcessStartInfo { Environment = { [Budget] = "1000000" } };
        Assert.Equal("1000000", Applied(start, LargeNetworkMemory.LargeNetwork)[Budget]);
    }

    private static IDictionary<string, string?> Applied(ProcessStartInfo start, long synapses)
    {
        // The tests' own environment may have it set.
        start.Environment.Remove(Profiles);
        LargeNetworkMemory.Apply(start, synapses);
        return start.Environment;
    }
}
