namespace Nudge.VirtualTime.Nodes;

/// <summary>What the thread of a node does beside running slices: it receives from other nodes, and sends to them.</summary>
internal interface INodeThread
{
    /// <summary>Whether the caller runs on it.</summary>
    bool IsCurrent { get; }

    /// <summary>Sends and receives; called by the thread itself.</summary>
    /// <param name="mayWait">Whether it may wait for others, or for <see cref="Wake"/>.</param>
    void Serve(bool mayWait);

    /// <summary>Ends the wait of the thread, now or when it begins.</summary>
    void Wake();
}
