using Akka.Configuration;
using Akka.Dispatch;

namespace Nudge.Actors.Loops;

/// <summary>Makes the executor of a dispatcher whose actors share one thread (<c>executor</c> in Akka's configuration).</summary>
public sealed class LoopExecutorConfigurator : ExecutorServiceConfigurator
{
    private readonly LoopSockets _sockets;

    /// <summary>Called by Akka.</summary>
    /// <param name="config">The dispatcher's section.</param>
    /// <param name="prerequisites">Tells of which actor system it is.</param>
    public LoopExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        ArgumentNullException.ThrowIfNull(prerequisites);
        _sockets = LoopSockets.Of(prerequisites.EventStream);
    }

    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new LoopExecutor(id, _sockets);

    private sealed class LoopExecutor(string id, LoopSockets sockets) : ExecutorService(id)
    {
        private readonly Loop _loop = new(id, sockets);

        public override void Execute(IRunnable run) => _loop.Execute(run);

        public override void Shutdown() => _loop.End();
    }
}
