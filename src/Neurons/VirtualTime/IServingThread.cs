namespace Nudge.VirtualTime;

/// <summary>A thread that runs slices and beside it sends to other nodes and receives from them.</summary>
internal interface IServingThread
{
    /// <summary>Whether the caller runs on it.</summary>
    bool IsCurrent { get; }

    /// <summary>Sends and receives; called by the thread itself.</summary>
    /// <param name="mayWait">Whether it may wait for others, or for <see cref="Wake"/>.</param>
    void Serve(bool mayWait);

    /// <summary>Ends the wait of the thread, now or when it begins.</summary>
    void Wake();
}
