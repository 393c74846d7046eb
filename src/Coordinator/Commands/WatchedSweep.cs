using Nudge.Recording;
using Nudge.Running;
using Nudge.Sweeps;
using Nudge.Watching;

namespace Nudge.Commands;

/// <summary>The page of a sweep that this process makes. The sweep does not wait for it, and goes on when it closes.</summary>
internal sealed class WatchedSweep : IAsyncDisposable
{
    private readonly RunDirectory _directory;
    private readonly SweepBoard _board;
    private readonly SweepFeed _feed;
    private readonly WatchServer _server;

    private WatchedSweep(SweepDirectory sweep, int port)
    {
        _directory = sweep.Directory;
        _board = new(sweep.Plan, sweep.Directory.Path, sweep.Rows, seesRuns: true);
        _feed = new(_board);
        _server = WatchServer.Start(_feed, null, port);
    }

    /// <summary>What the sweep tells of its runs.</summary>
    internal ISweepObserver Observer => _board;

    /// <summary>Begins to serve the page.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="progress">Receives the address.</param>
    /// <param name="quiet">Whether progress shows nothing; then the address alone is printed.</param>
    /// <exception cref="OutputException">The port cannot be used.</exception>
    internal static WatchedSweep Begin(SweepDirectory sweep, int port, IProgressDisplay progress, bool quiet)
    {
        var watched = new WatchedSweep(sweep, port);
        WatchAddress.Write(sweep.Directory, watched._server.Address);
        string words = $"open {watched._server.Address} to watch the sweep";
        if (quiet)
            Message.Write(words);
        else
            progress.Say(words);
        return watched;
    }

    /// <summary>The sweep does not go on: shows that, as long as a page is open.</summary>
    /// <param name="state">finished, stopped or failed.</param>
    /// <param name="progress">Receives what is being waited for.</param>
    /// <param name="cancellation">Ends it at once.</param>
    internal async Task EndAsync(string state, IProgressDisplay progress, CancellationToken cancellation)
    {
        _board.State = state;
        _feed.Show();
        if (_feed.Pages.Open == 0 || cancellation.IsCancellationRequested)
            return;
        progress.Say("the page is served until it is closed; Ctrl-C ends it at once");
        await _feed.Pages.UntilClosedAsync(() => Task.CompletedTask, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        WatchAddress.Remove(_directory);
    }
}
