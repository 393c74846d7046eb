using Akka.Actor;
using Akka.TestKit.Xunit2;
using Nudge.Actors;

namespace Nudge.Neurons.Tests.Actors;

public sealed class NodeBatchTests : TestKit
{
    private readonly List<(object Node, int Receivers)> _sent = [];

    [Fact]
    public void Several_actors_of_a_node_are_sent_a_message_at_once_and_those_that_are_here_each()
    {
        var batch = new NodeBatch();
        foreach (string node in new[] { "a", "b", "a", "a" })
            batch.Add(new Elsewhere(this, node));
        batch.Add(TestActor);
        batch.Tell("first");
        ExpectMsg("first");
        Assert.Equal([("a", 3), ("b", 1)], _sent);

        batch.Clear();
        batch.Add(new Elsewhere(this, "b"));
        batch.Tell("second");
        ExpectNoMsg(0);
        Assert.Equal(("b", 1), _sent[^1]);
        Assert.Equal(3, _sent.Count);
    }

    private sealed class Elsewhere(NodeBatchTests test, string node) : MinimalActorRef, INodeActorRef
    {
        public override ActorPath Path { get; } = test.TestActor.Path / node;

        public override IActorRefProvider Provider => throw new NotSupportedException();

        public object Node => node;

        public void TellAll(IReadOnlyList<IActorRef> actors, object message, IActorRef? sender) =>
            test._sent.Add((node, actors.Count));
    }
}
