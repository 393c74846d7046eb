namespace Nudge.VirtualTime.Nodes;

/// <summary>How a node sends. Messages to one receiver stay in order and none is lost, or the node is given up.</summary>
internal interface INodeLinks
{
    /// <summary>The thread that runs the node, where it also sends and receives; null where others do.</summary>
    IServingThread? Thread { get; }

    /// <summary>Sends to another node.</summary>
    void Send(int node, NodeMessage message);

    /// <summary>Sends to all other nodes and the coordinator.</summary>
    void SendToAll(NodeMessage message);

    /// <summary>Sends to the coordinator.</summary>
    void Report(NodeMessage message);
}
