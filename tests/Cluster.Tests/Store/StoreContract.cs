using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A database of its own for every test, and the nodes that use it.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private readonly List<StoreNode> _nodes = [];

    internal StoreSettings Store { get; private set; } = null!;

    internal JournalRows Rows => new(Store);

    public async Task InitializeAsync()
    {
        Store = await NewStoreAsync();
        await SliceStore.OpenAsync(Store, CancellationToken.None);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (StoreNode node in _nodes)
            await node.DisposeAsync();
    }

    internal abstract Task<StoreSettings> NewStoreAsync();

    internal StoreNode Node(int number = 0)
    {
        while (_nodes.Count <= number)
            _nodes.Add(new(Store));
        return _nodes[number];
    }

    /// <summary>A whole incarnation in which a state is kept.</summary>
    internal async Task KeepOneAsync(long number)
    {
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        await incarnation.KeepAsync(NumberedState.Make(number, 100));
        await incarnation.EndAsync();
    }
}
