namespace Nudge.Watching;

/// <summary>Where a page gets what it shows.</summary>
internal interface IFrameFeed : IAsyncDisposable
{
    /// <summary>The file of the page.</summary>
    string Page { get; }

    /// <summary>What the page has to know before the first frame, as JSON.</summary>
    byte[] Description { get; }

    /// <summary>Grows when <see cref="Description"/> has changed.</summary>
    int Version => 0;

    /// <summary>Sends a page all frames that it has time for, until it is gone.</summary>
    /// <param name="send">Sends one frame, as JSON.</param>
    /// <param name="gone">Cancelled when the page is gone.</param>
    Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone);
}
