using Akka.Configuration;
using Akka.Dispatch;

namespace Nudge.Actors.Loops;

/// <summary>Makes the executor of a dispatcher whose actors share one thread (<c>executor</c> in Akka's configuration).</summary>
public sealed class LoopExecutorConfigurator : ExecutorServiceConfigurator
{
    private readonly int _spins;
    private readonly LoopSockets _sockets;

    /// <summary>Called by Akka.</summary>
    /// <param name="config">The dispatcher's section; <c>spins</c> is read from it.</param>
    /// <param name="prerequisites">Tells of which actor system it is.</param>
    public LoopExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(prerequisites);
        _sockets = LoopSockets.Of(prerequisites.EventStream);
        _spins = config.GetInt("spins", 0);
    }

    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new LoopExecutor(id, _spins, id == LoopDispatchers.NameOf(0) ? _sockets : null);

    private sealed class LoopExecutor(string id, int spins, LoopSockets? sockets) : ExecutorService(id)
    {
        private readonly Loop _loop = new(id, spins, sockets);

        public override void Execute(IRunnable run) => _loop.Execute(run);

        public override void Shutdown() => _loop.End();
    }
}
