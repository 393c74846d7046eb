using Nudge.Networks;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Watching;

namespace Nudge.Commands;

/// <summary>The page of a run: begins to serve it, holds the run until it is open, and ends it.</summary>
internal sealed class WatchedRun : IAsyncDisposable
{
    // A small network learns in seconds, which is too fast for anybody to see: it takes at least so long where it is watched.
    private const double LeastSeconds = 120;

    private readonly RunMonitor _monitor;
    private readonly FrameHub _hub;
    private readonly WatchServer _server;
    private readonly RunDirectory _directory;

    private WatchedRun(RunMonitor monitor, RunDirectory directory, int port)
    {
        _monitor = monitor;
        _directory = directory;
        _hub = new(monitor);
        _server = WatchServer.Start(_hub, new WatchCommands(monitor), port);
    }

    /// <summary>Serves a page of a run that waits until it is open.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="monitor">The run.</param>
    /// <param name="directory">Its folder.</param>
    /// <param name="progress">Receives the address.</param>
    internal static WatchedRun Begin(RunRequest request, RunMonitor monitor, RunDirectory directory, IProgressDisplay progress)
    {
        var watched = new WatchedRun(monitor, directory, request.WatchPort);
        monitor.Control.SpeedLimit = request.Speed is double asked
            ? double.IsInfinity(asked) ? null : asked
            : SpeedToSee(monitor.Run);
        monitor.Control.Pause();
        watched.GoOnAtFirstPage();
        WatchAddress.Write(directory, watched._server.Address);
        string words = $"open {watched._server.Address} to watch and steer the run; it begins when the page opens";
        // A run that is quiet would wait for a page without telling its address.
        if (request.Quiet)
            Message.Write(words);
        else
            progress.Say(words);
        return watched;
    }

    /// <summary>The run has failed: shows that, and does not hold the program up.</summary>
    internal void Fail()
    {
        _monitor.Stage = RunStage.Failed;
        _hub.ShowStage();
    }

    /// <summary>The run does not go on: shows that, as long as a page is open.</summary>
    /// <param name="stage">What became of it.</param>
    /// <param name="progress">Receives what is being waited for.</param>
    /// <param name="cancellation">Ends it at once.</param>
    internal async Task EndAsync(RunStage stage, IProgressDisplay progress, CancellationToken cancellation)
    {
        _monitor.Stage = stage;
        if (_hub.Pages.Open > 0 && !cancellation.IsCancellationRequested)
            progress.Say("the page is served until it is closed; Ctrl-C ends it at once");
        await _hub.Pages.UntilClosedAsync(_monitor.Engine.AnswerObserversAsync, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        WatchAddress.Remove(_directory);
    }

    /// <summary>The speed at which a whole run takes two minutes, in τ a second, rounded; a slower run is not held up by it.</summary>
    private static double SpeedToSee(PreparedRun run)
    {
        NetworkSettings settings = run.Network.Settings;
        double tau = (double)run.Settings.Rounds * settings.Phases.PerStimulus * settings.Phases.Length.Mean;
        double speed = tau / LeastSeconds;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(speed, 1))));
        return Math.Max(10, Math.Round(speed / unit) * unit);
    }

    private void GoOnAtFirstPage() => _ = _hub.Pages.FirstPage.ContinueWith(
        _ => _monitor.Control.Resume(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
