using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Populations;

public sealed class SliceMemoryTests
{
    private const int Inputs = 1024;
    private const int Hidden = 4096;
    private const double MostBytes = 4.5;

    [Fact]
    public void A_synapse_takes_the_four_bytes_of_its_weight_and_little_else()
    {
        NetworkPlan network = Network();

        long before = GC.GetAllocatedBytesForCurrentThread();
        PopulationSlice slice = network.CreateSlice(HiddenOf(network));
        double each = (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)Inputs * Hidden);

        GC.KeepAlive(slice);
        Assert.InRange(each, 4, MostBytes);
    }

    [Fact]
    public void A_snapshot_takes_one_copy()
    {
        NetworkPlan network = Network();
        PopulationSlice slice = network.CreateSlice(HiddenOf(network));

        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] state = StateBytes.Of(PopulationSlice.StateSubject, slice);
        double each = (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)Inputs * Hidden);

        Assert.InRange(state.Length / ((double)Inputs * Hidden), 4, MostBytes);
        Assert.InRange(each, 4, MostBytes);
    }

    private static NetworkPlan Network() => NetworkCompiler.Compile(SmallNetwork.Settings(Inputs, Hidden, 10), 10);

    private static SlicePlan HiddenOf(NetworkPlan network) =>
        network.Slices.Single(slice => slice.Population.Name == "hidden");
}
