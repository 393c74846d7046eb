using System.Text.Json;

namespace Nudge.Watching;

/// <summary>Shows a sweep to pages, whenever something has changed.</summary>
/// <param name="board">The sweep.</param>
/// <param name="look">Looks for what has changed, where nothing else tells the board; null for nothing.</param>
internal sealed class SweepFeed(SweepBoard board, Action? look = null) : IFrameFeed
{
    private const int PointsOfASecond = 500;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Lock _showing = new();
    private Task? _taking;
    private long _shown = -1;

    /// <inheritdoc/>
    public string Page => "sweep.html";

    /// <inheritdoc/>
    public byte[] Description => JsonSerializer.SerializeToUtf8Bytes(board.Description(), SweepFrameJson.Web.SweepDescription);

    /// <summary>The pages that show it.</summary>
    internal PageHub Pages { get; } = new();

    /// <inheritdoc/>
    public Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone)
    {
        lock (_lock)
            _taking ??= Task.Run(TakeAsync, CancellationToken.None);
        return Pages.FeedAsync(send, gone);
    }

    /// <summary>Shows at once what has changed.</summary>
    internal void Show()
    {
        lock (_showing)
        {
            long changes = board.Changes;
            if (changes == _shown)
                return;
            _shown = changes;
            Pages.Show(JsonSerializer.SerializeToUtf8Bytes(board.Frame(), SweepFrameJson.Web.SweepFrame));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_taking is not null)
            await _taking;
        _end.Dispose();
    }

    private async Task TakeAsync()
    {
        // A frame holds all points: those of a large sweep come less often.
        TimeSpan every = Least + TimeSpan.FromSeconds(board.Points / PointsOfASecond);
        using var timer = new PeriodicTimer(every);
        try
        {
            do
            {
                if (Pages.Open > 0)
                {
                    look?.Invoke();
                    Show();
                }
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
