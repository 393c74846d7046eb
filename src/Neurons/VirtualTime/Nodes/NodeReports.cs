namespace Nudge.VirtualTime.Nodes;

/// <summary>What the coordinator receives of all nodes together, put in the order in which its engine asks for it.</summary>
/// <param name="next">Waits for the next message of any node.</param>
internal sealed class NodeReports(Func<NodeMessage> next)
{
    private readonly Dictionary<(int Branch, int Slice, long Step), bool> _decisions = [];
    private readonly List<PhaseEndReport> _ends = [];

    /// <summary>Waits until so many nodes have reached the end of a phase.</summary>
    internal IReadOnlyList<PhaseEndReport> AwaitPhaseEnd(int branch, int nodes)
    {
        while (_ends.Count < nodes)
            _ends.Add(Next<PhaseEndReport>());
        PhaseEndReport[] ends = [.. _ends];
        _ends.Clear();
        return Array.TrueForAll(ends, end => end.Branch == branch)
            ? ends
            : throw new InvalidOperationException($"A node has reported another phase than that of branch {branch}.");
    }

    /// <summary>Waits until it is known whether a slice has sent changes at a step.</summary>
    internal bool AwaitDecision(int branch, int slice, long step)
    {
        bool sent;
        while (!_decisions.Remove((branch, slice, step), out sent))
        {
            switch (next())
            {
                case StepDecision decision:
                    _decisions[(decision.Branch, decision.Slice, decision.Step)] = decision.Sent;
                    break;
                // A node whose last step has been made has nothing more to do, while others have.
                case PhaseEndReport end:
                    _ends.Add(end);
                    break;
                case NodeMessage other:
                    throw new InvalidOperationException($"A node has sent a {other.GetType().Name} within a phase.");
            }
        }

        return sent;
    }

    /// <summary>Waits until so many nodes have reported their slices.</summary>
    internal IReadOnlyList<SlicesReport> AwaitSlices(int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(_ => Next<SlicesReport>())];

    private T Next<T>()
        where T : NodeMessage
    {
        NodeMessage message = next();
        return message as T
            ?? throw new InvalidOperationException($"A node has sent a {message.GetType().Name}, expected {typeof(T).Name}.");
    }
}
