using Nudge.Hosting;
using Nudge.Inspection;

namespace Nudge.Commands;

/// <summary>Shows the status of a cluster again and again.</summary>
/// <param name="ask">Asks for the status.</param>
/// <param name="show">Shows it, with the time when it was asked for.</param>
/// <param name="tell">Says why there is none.</param>
/// <param name="clock">What the time is.</param>
internal sealed class StatusWatch(
    Func<Task<ClusterStatus>> ask, Action<ClusterStatus, DateTimeOffset> show, Action<string> tell, TimeProvider clock)
{
    /// <summary>Goes on until it is cancelled.</summary>
    /// <exception cref="NodeException">There was no answer to the first question: the place is probably wrong.</exception>
    internal async Task RunAsync(TimeSpan interval, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            await ShowAsync(cancellation);
            while (await timer.WaitForNextTickAsync(cancellation))
                await ShowOrTellAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Who watches ends it in this way.
        }
    }

    private async Task ShowOrTellAsync(CancellationToken cancellation)
    {
        try
        {
            await ShowAsync(cancellation);
        }
        catch (NodeException error)
        {
            // A node that is started again answers again.
            tell(error.Message);
        }
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        DateTimeOffset time = clock.GetUtcNow();
        show(await ask().WaitAsync(cancellation), time);
    }
}
