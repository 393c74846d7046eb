using Nudge.Cluster.Tests.Store;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>Runs on nodes that begin with weights that the coordinator has.</summary>
public sealed class FirstStateTests
{
    private const int FrameBytes = 32_768;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Slices_on_nodes_begin_with_the_weights_of_the_coordinator_that_no_single_frame_holds(bool hasStore)
    {
        // Nothing is learned, so that what they began with can be read at any time.
        NetworkSettings settings = SmallNetwork.Settings(6, 2_000, 3, rate: 0);
        NetworkPlan plain = NetworkCompiler.Compile(settings, 3);
        NetworkPlan other = NetworkCompiler.Compile(settings with { Seed = 9 }, 3);
        NetworkWeights given = NetworkWeights.Of(other, other.Slices.Select(slice => other.CreateSlice(slice)));
        Assert.True(given.Weights[0].Length * sizeof(float) > FrameBytes);

        using var folder = new TemporaryDirectory();
        StoreSettings? store = hasStore ? Stores.Parse($"sqlite:{folder.File("s.db")}") : null;
        if (store is not null)
            await SliceStore.OpenAsync(store);
        await using SmallCluster cluster = await SmallCluster.StartAsync(
            plain.BeginningWith(given), nodes: 2, presentations: 1_000_000_000, store, frameBytes: FrameBytes);
        await cluster.Engine.StartAsync();
        await cluster.Engine.WhenShownAsync(10).WaitAsync(Within);
        await cluster.Engine.FreezeAsync();
        NetworkWeights begun = NetworkWeights.Of(cluster.Network, await cluster.Engine.CopySlicesAsync());
        Assert.Equal(given.Weights, begun.Weights);
        Assert.NotEqual(NetworkWeights.Of(plain, plain.Slices.Select(slice => plain.CreateSlice(slice))).Weights[0], begun.Weights[0]);
        await cluster.Engine.ThawAsync();
    }
}
