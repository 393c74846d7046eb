using System.Collections.Concurrent;
using Nudge.Networks;
using Nudge.VirtualTime;
using Nudge.VirtualTime.Nodes;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>
/// Nodes of a run in virtual time, each on a thread of its own in this process. All messages go through their bytes, and come
/// late at random.
/// </summary>
internal sealed class InProcessNodes : INodeGroup, IDisposable
{
    private readonly NodeMessageState _wire;
    private readonly BlockingCollection<NodeMessage> _received = [];
    private readonly List<Thread> _threads = [];
    private VirtualNode[] _nodes = [];
    private NodeReports _reports;
    private int _branch;

    internal InProcessNodes(NetworkPlan network)
    {
        _wire = new(network);
        _reports = new(Next);
    }

    /// <summary>Ends the nodes that are there and starts others.</summary>
    internal void Start(NetworkPlan network, DistributedEngine engine, int[] places, int loops)
    {
        Stop();
        engine.Restart();
        _nodes =
        [
            .. Enumerable.Range(0, places.Max() + 1).Select(node => new VirtualNode(
                network, new(places, node), new Links(this, node), loops, engine.StateFor(places, node))),
        ];
        foreach (VirtualNode node in _nodes)
        {
            var thread = new Thread(node.Run);
            thread.Start();
            _threads.Add(thread);
        }
    }

    internal void Stop()
    {
        foreach (VirtualNode node in _nodes)
            node.Stop();
        _threads.ForEach(thread => thread.Join());
        _threads.Clear();
        foreach (VirtualNode node in _nodes)
            node.Dispose();
        _nodes = [];
        while (_received.TryTake(out _))
        {
        }

        _reports = new(Next);
    }

    public void Dispose()
    {
        Stop();
        _received.Dispose();
    }

    public void Order(NodeMessage order)
    {
        byte[] bytes = _wire.Write(order);
        foreach (VirtualNode node in _nodes)
            node.Take(_wire.Read(bytes));
    }

    public int NextBranch() => ++_branch;

    public IReadOnlyList<PhaseEndReport> AwaitPhaseEnd(int branch) => _reports.AwaitPhaseEnd(branch, _nodes.Length);

    public bool AwaitDecision(int branch, int slice, long step) => _reports.AwaitDecision(branch, slice, step);

    public IReadOnlyList<SlicesReport> AwaitSlices() => _reports.AwaitSlices(_nodes.Length);

    private NodeMessage Next()
    {
        NodeMessage message = _received.TryTake(out NodeMessage? taken, TimeSpan.FromSeconds(60))
            ? taken
            : throw new TimeoutException("a node did not answer");
        return message is NodeFailure failure ? throw new InvalidOperationException(failure.Reason) : message;
    }

    private sealed class Links(InProcessNodes group, int self) : INodeLinks
    {
        private readonly Random _delay = new(self);

        public IServingThread? Thread => null;

        public void Send(int node, NodeMessage message)
        {
            int spins;
            lock (_delay)
                spins = _delay.Next(8) == 0 ? _delay.Next(2_000) : 0;
            System.Threading.Thread.SpinWait(spins);
            group._nodes[node].Take(group._wire.Read(group._wire.Write(message)));
        }

        public void SendToAll(NodeMessage message)
        {
            for (int node = 0; node < group._nodes.Length; node++)
            {
                if (node != self)
                    Send(node, message);
            }

            Report(message);
        }

        public void Report(NodeMessage message) => group._received.Add(group._wire.Read(group._wire.Write(message)));
    }
}
