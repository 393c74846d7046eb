namespace Nudge.Watching;

/// <summary>
/// The pages that are open, and the newest frame for all of them: a slow page misses frames and holds nothing up.
/// </summary>
internal sealed class PageHub
{
    private static readonly TimeSpan Reload = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstPage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<byte[]> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _newest;
    private int _open;
    private long _left;

    /// <summary>Ends when the first page is open.</summary>
    internal Task FirstPage => _firstPage.Task;

    /// <summary>Pages that are open.</summary>
    internal int Open
    {
        get
        {
            lock (_lock)
                return _open;
        }
    }

    private TimeSpan SinceLast
    {
        get
        {
            lock (_lock)
                return _open > 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(_left);
        }
    }

    /// <summary>Gives all pages a frame, as JSON.</summary>
    internal void Show(byte[] frame)
    {
        TaskCompletionSource<byte[]> waiting;
        lock (_lock)
        {
            (_newest, waiting) = (frame, _next);
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult(frame);
    }

    /// <summary>Sends a page all frames that it has time for, until it is gone.</summary>
    internal async Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone)
    {
        lock (_lock)
            _open++;
        _firstPage.TrySetResult();
        try
        {
            byte[]? sent = null;
            while (!gone.IsCancellationRequested)
            {
                Task<byte[]> next;
                byte[]? newest;
                lock (_lock)
                    (next, newest) = (_next.Task, _newest);
                if (newest is null || ReferenceEquals(newest, sent))
                    newest = await next.WaitAsync(gone);
                await send(newest);
                sent = newest;
            }
        }
        finally
        {
            lock (_lock)
            {
                _open--;
                _left = TimeProvider.System.GetTimestamp();
            }
        }
    }

    /// <summary>Waits until no page is open; one that is loaded again is gone for a moment.</summary>
    /// <param name="meanwhile">Is done again and again.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    internal async Task UntilClosedAsync(Func<Task> meanwhile, CancellationToken cancellation)
    {
        while (SinceLast < Reload && !cancellation.IsCancellationRequested)
        {
            await meanwhile();
            await Task.Delay(Between, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
