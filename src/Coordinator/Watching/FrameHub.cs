using System.Text.Json;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>Takes frames of a run as long as a page is open.</summary>
/// <param name="monitor">The run.</param>
internal sealed class FrameHub(RunMonitor monitor) : IFrameFeed
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    // A view comes at the end of a phase; until one does, pages learn at least what state the run is in.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly FrameBuilder _builder = new(monitor);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private volatile RunFrame? _last;
    private Task? _taking;

    /// <inheritdoc/>
    public int Version => _builder.Version;

    /// <inheritdoc/>
    public string Page => "index.html";

    /// <inheritdoc/>
    public byte[] Description => JsonSerializer.SerializeToUtf8Bytes(_builder.Network(), FrameJson.Web.NetworkFrame);

    /// <summary>The pages that show it.</summary>
    internal PageHub Pages { get; } = new();

    /// <inheritdoc/>
    public Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone)
    {
        lock (_lock)
            _taking ??= TakeAsync();
        return Pages.FeedAsync(send, gone);
    }

    /// <summary>Shows the last frame once more, with the state that the run is in now.</summary>
    internal void ShowStage()
    {
        if (_last is { } last)
            Show(last with { State = _builder.StateNow(last.State) });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_taking is not null)
            await _taking;
        _end.Dispose();
    }

    private void Show(RunFrame frame)
    {
        _last = frame;
        Pages.Show(JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Web.RunFrame));
    }

    private async Task TakeAsync()
    {
        using var timer = new PeriodicTimer(Every);
        Task<NetworkView>? asked = null;
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (Pages.Open == 0)
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
