using System.Text.Json;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>
/// Takes frames of a run as long as a page is open, and keeps the newest for all of them: a slow page misses frames and holds
/// nothing up.
/// </summary>
/// <param name="monitor">The run.</param>
internal sealed class FrameHub(RunMonitor monitor) : IFrameFeed
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    // A view comes at the end of a phase; until one does, pages learn at least what state the run is in.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly FrameBuilder _builder = new(monitor);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstPage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<byte[]> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunFrame? _last;
    private byte[]? _newest;
    private Task? _taking;
    private int _pages;
    private long _left;

    /// <inheritdoc/>
    public int Version => _builder.Version;

    /// <inheritdoc/>
    public NetworkFrame Network => _builder.Network();

    /// <summary>Ends when the first page is open.</summary>
    internal Task FirstPage => _firstPage.Task;

    /// <summary>Pages that are open.</summary>
    internal int Pages
    {
        get
        {
            lock (_lock)
                return _pages;
        }
    }

    /// <summary>How long no page has been open.</summary>
    internal TimeSpan SinceLastPage
    {
        get
        {
            lock (_lock)
                return _pages > 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(_left);
        }
    }

    /// <inheritdoc/>
    public async Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone)
    {
        Open();
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
            Close();
        }
    }

    /// <summary>Shows the last frame once more, with the state that the run is in now.</summary>
    internal void ShowStage()
    {
        if (_last is { } last)
            Show(last with { State = _builder.StateNow(last.State) });
    }

    private void Show(RunFrame frame)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Web.RunFrame);
        TaskCompletionSource<byte[]> waiting;
        lock (_lock)
        {
            (_last, _newest, waiting) = (frame, bytes, _next);
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult(bytes);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_taking is not null)
            await _taking;
        _end.Dispose();
    }

    private void Open()
    {
        lock (_lock)
        {
            _pages++;
            _taking ??= TakeAsync();
        }

        _firstPage.TrySetResult();
    }

    private void Close()
    {
        lock (_lock)
        {
            _pages--;
            _left = TimeProvider.System.GetTimestamp();
        }
    }

    private async Task TakeAsync()
    {
        using var timer = new PeriodicTimer(Every);
        Task<NetworkView>? asked = null;
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (Pages == 0)
                    continue;
                // Asked once more only when the last one has come: an engine that is in a long phase is not asked twice.
                asked ??= monitor.Engine.ViewAsync();
                await Task.WhenAny(asked, Task.Delay(Patience, _end.Token));
                if (!asked.IsCompleted)
                {
                    ShowStage();
                    continue;
                }

                // A view that failed, as when the run fails, is missed like any other frame; the run itself reports why.
                if (asked.IsCompletedSuccessfully)
                    Show(_builder.Of(asked.Result));
                else
                    ShowStage();
                asked = null;
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
