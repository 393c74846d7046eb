using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A store actor of one slice, and all that it reports to its parent.</summary>
internal sealed class Life
{
    // Stores do not know it: it comes back, in its turn, as unhandled.
    private const string Question = "?";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();
    private readonly IActorRef _parent;

    internal Life(ActorSystem system, string run, JournalOpening opening, ISnapshotFiles? files) =>
        _parent = system.ActorOf(Props.Create(() => new Parent(run, opening, files, _received.Writer)));

    internal void Keep(ReadOnlyMemory<byte> state) => _parent.Tell(new KeepSlice(state), ActorRefs.NoSender);

    internal async Task<SliceRestored> AwakeAsync() => Assert.IsType<SliceRestored>(await NextAsync());

    internal Task<object> FirstWordAsync() => NextAsync();

    internal async Task<SliceKept> KeptAsync() => Assert.IsType<SliceKept>(await NextAsync());

    /// <summary>Keeps a state and waits until it is kept.</summary>
    internal async Task<long> KeepAsync(ReadOnlyMemory<byte> state)
    {
        Keep(state);
        return (await KeptAsync()).Generation;
    }

    /// <summary>Waits until the incarnation receives that it is over, and its actor is gone.</summary>
    internal async Task<SliceFenced> FencedAsync()
    {
        var fenced = Assert.IsType<SliceFenced>(await NextAsync());
        Assert.IsType<Terminated>(await NextAsync());
        return fenced;
    }

    /// <summary>Waits until the incarnation receives that its store failed, and its actor is gone.</summary>
    internal async Task<StoreFailed> FailedAsync()
    {
        var failed = Assert.IsType<StoreFailed>(await NextAsync());
        Assert.IsType<Terminated>(await NextAsync());
        return failed;
    }

    internal async Task<object> NextAsync()
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Waits until the store has recovered and has taken in all that it was sent.</summary>
    internal async Task AnswersAsync()
    {
        _parent.Tell(Question, ActorRefs.NoSender);
        Assert.Equal(Question, Assert.IsType<UnhandledMessage>(await NextAsync()).Message);
    }

    internal Task EndAsync() => _parent.GracefulStop(AnswerTimeout);

    private sealed class Parent(string run, JournalOpening opening, ISnapshotFiles? files, ChannelWriter<object> received) : UntypedActor
    {
        private IActorRef _store = ActorRefs.Nobody;

        protected override void PreStart()
        {
            _store = Context.Watch(Context.ActorOf(Props.Create(() => new SliceStoreActor(run, opening, files)), "store"));
            Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
        }

        protected override void OnReceive(object message)
        {
            if (message is KeepSlice or Question)
                _store.Tell(message, Self);
            else if (message is not UnhandledMessage unhandled || unhandled.Recipient.Equals(_store))
                received.TryWrite(message);
        }
    }
}
