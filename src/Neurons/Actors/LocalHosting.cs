using Akka.Actor;
using Akka.Configuration;
using Nudge.Actors.Loops;

namespace Nudge.Actors;

/// <summary>All actors in this process.</summary>
internal sealed class LocalHosting : IHosting
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private ActorSystem? _system;
    private NetworkActors? _actors;

    /// <inheritdoc/>
    public TimeSpan Transit => TimeSpan.Zero;

    private static Config Configuration => ConfigurationFactory.ParseString($$"""
        {{ErrorOutput.Setting}}
        akka {
            loglevel = ERROR
            stdout-loglevel = ERROR
            log-dead-letters = off
            coordinated-shutdown.run-by-clr-shutdown-hook = off
            coordinated-shutdown.exit-clr = off
        }
        """).WithFallback(LoopDispatcher.Configuration);

    /// <inheritdoc/>
    public async Task<NetworkActors> OpenAsync(NetworkLaunch launch)
    {
        _system = ActorSystem.Create("nudge", Configuration);
        SliceHost[] hosts = launch.Hosts.Value;
        IActorRef supervisor = _system.ActorOf(
            Props.Create(() => new NetworkActor(
                launch.Network, launch.TrainingSchedule, launch.Settings, hosts, launch.Board, launch.Interventions)),
            "network");
        _actors = await supervisor.Ask<NetworkActors>(new AskNetworkActors(), AnswerTimeout);
        var pause = TimeSpan.FromMilliseconds(launch.Settings.KeepAliveMilliseconds);
        _system.Scheduler.ScheduleTellRepeatedly(pause, pause, supervisor, KeepAlive.Instance, ActorRefs.NoSender);
        return _actors;
    }

    /// <inheritdoc/>
    public bool KeepsStates => false;

    /// <inheritdoc/>
    public async Task FreezeAsync(bool frozen)
    {
        var freeze = new Freeze(frozen);
        // The coordinator first, so that no phase begins while the slices stop.
        await _actors!.Coordinator.Ask<Freeze>(freeze, AnswerTimeout);
        await Task.WhenAll(_actors.Slices.Select(slice => slice.Ask<Freeze>(freeze, AnswerTimeout)));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SliceCounters>> CountersAsync(bool frozen) =>
        await Task.WhenAll(_actors!.Slices.Select(slice => slice.Ask<SliceCounters>(new AskCounters(), AnswerTimeout)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SliceCounters>> EndedAsync() => Task.FromResult<IReadOnlyList<SliceCounters>>([]);

    /// <inheritdoc/>
    public Task<byte[]> StateOfAsync(int slice) => _actors!.Slices[slice].Ask<byte[]>(new AskState(), AnswerTimeout);

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
