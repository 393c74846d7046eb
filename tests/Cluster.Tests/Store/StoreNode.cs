using Akka.Actor;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Store;

/// <summary>An actor system with a store, as one node has it.</summary>
internal sealed class StoreNode : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly ISnapshotFiles? _files;
    private int _opened;

    internal StoreNode(StoreSettings store, ISnapshotFiles? files = null)
    {
        _files = files ?? (store.Files is { } folder ? new FolderFiles(folder) : null);
        _system = ActorSystem.Create(
            "store",
            store.Configuration
                .WithFallback(WireConfiguration.Create(ValueFormat.Exact))
                .WithFallback("akka { loglevel = OFF, stdout-loglevel = OFF }"));
    }

    internal Life Begin(string run = "run", int slice = 3) => new(_system, run, new(slice, 0, 0) { Opened = ++_opened }, _files);

    /// <summary>Opens the store again for an incarnation that went on without it.</summary>
    internal Life Continue(int incarnation) => new(_system, "run", new(3, incarnation, 0) { Opened = ++_opened }, _files);

    /// <summary>Starts once to see what the store holds.</summary>
    internal async Task<SliceRestored> LookAsync(string run = "run", int slice = 3)
    {
        Life incarnation = Begin(run, slice);
        SliceRestored restored = await incarnation.AwakeAsync();
        await incarnation.EndAsync();
        return restored;
    }

    /// <summary>
    /// Looks after a kill. A server may still be at the last write of the killed process, which then comes between:
    /// that fences the incarnation that looks, as it should, and the next one starts.
    /// </summary>
    internal async Task<SliceRestored> LookAfterKillAsync()
    {
        Life incarnation = Begin();
        if (await incarnation.FirstWordAsync() is not SliceRestored restored)
            return await LookAsync();
        await incarnation.EndAsync();
        return restored;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
