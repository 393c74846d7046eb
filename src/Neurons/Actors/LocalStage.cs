using Akka.Actor;
using Akka.Configuration;

namespace Nudge.Actors;

/// <summary>All actors in this process.</summary>
internal sealed class LocalStage : IStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private ActorSystem? _system;
    private Roster? _roster;

    /// <inheritdoc/>
    public TimeSpan Transit => TimeSpan.Zero;

    private static Config Configuration => ConfigurationFactory.ParseString("""
        akka {
            loglevel = ERROR
            stdout-loglevel = ERROR
            log-dead-letters = off
            coordinated-shutdown.run-by-clr-shutdown-hook = off
            coordinated-shutdown.exit-clr = off
        }
        """).WithFallback(ActorEngine.Dispatcher);

    /// <inheritdoc/>
    public async Task<Roster> OpenAsync(Cast cast)
    {
        _system = ActorSystem.Create("nudge", Configuration);
        SliceHost[] hosts = cast.Hosts.Value;
        IActorRef supervisor = _system.ActorOf(
            Props.Create(() => new NetworkActor(cast.Network, cast.Conductor, cast.Settings, hosts, cast.Board)), "network");
        _roster = await supervisor.Ask<Roster>(new AskRoster(), Patience);
        var pause = TimeSpan.FromMilliseconds(cast.Settings.KeepAliveMilliseconds);
        _system.Scheduler.ScheduleTellRepeatedly(pause, pause, supervisor, KeepAlive.Instance, ActorRefs.NoSender);
        return _roster;
    }

    /// <inheritdoc/>
    public bool KeepsStates => false;

    /// <inheritdoc/>
    public async Task FreezeAsync(bool frozen)
    {
        var freeze = new Freeze(frozen);
        // The coordinator first, so that no phase begins while the slices stop.
        await _roster!.Coordinator.Ask<Freeze>(freeze, Patience);
        await Task.WhenAll(_roster.Slices.Select(slice => slice.Ask<Freeze>(freeze, Patience)));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SliceBooks>> BooksAsync(bool frozen) =>
        await Task.WhenAll(_roster!.Slices.Select(slice => slice.Ask<SliceBooks>(new AskBooks(), Patience)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SliceBooks>> EndedAsync() => Task.FromResult<IReadOnlyList<SliceBooks>>([]);

    /// <inheritdoc/>
    public Task<byte[]> StateOfAsync(int slice) => _roster!.Slices[slice].Ask<byte[]>(new AskState(), Patience);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeMemory>> MemoryAsync() =>
        Task.FromResult<IReadOnlyList<NodeMemory>>([NodeMemory.OfThisProcess()]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.Terminate();
        _system = null;
    }
}
