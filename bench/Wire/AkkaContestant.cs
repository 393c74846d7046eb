using Akka.Actor;

namespace Nudge.Bench.Wire;

/// <summary>A stream over Akka.Remote.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="system">The sender's actor system.</param>
/// <param name="port">Where the receiver's one listens.</param>
/// <param name="messageOf">Makes the message of so many values.</param>
internal sealed class AkkaContestant(string name, ActorSystem system, int port, Func<int, object> messageOf)
    : IWireContestant
{
    private readonly IActorRef _sender =
        system.ActorOf(Props.Create(() => new StreamingActor(WireSystems.Counter(system, port))));

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public Task SendAsync(int values, int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Tell(new StreamingActor.Stream(messageOf(values), count, WireWindow.Of(values), done));
        return done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await system.Terminate();
}
