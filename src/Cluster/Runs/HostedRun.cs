using Akka.Actor;
using Nudge.Messages;

namespace Nudge.Runs;

/// <summary>A run that this node makes, or is to make.</summary>
/// <param name="scheduler">Who asked for it.</param>
/// <param name="order">What it asked for.</param>
internal sealed class HostedRun(IActorRef scheduler, StartRun order) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private long _shown;

    internal IActorRef JobScheduler => scheduler;

    internal int Job => order.Job;

    /// <summary>Whether its asker no longer waits for it.</summary>
    internal bool Stopped => _stop.IsCancellationRequested;

    internal RunStands Standing => new(Job, Interlocked.Read(ref _shown));

    internal void Stop() => _stop.Cancel();

    /// <summary>Makes it on a thread of its own and reports what became of it; never fails itself.</summary>
    internal async Task<object> MakeAsync(WholeRun make)
    {
        try
        {
            // The pool's threads have the cluster's heartbeats to see to.
            Task<RunNumbers> run = await Task.Factory.StartNew(
                () => make(order.Run, shown => Interlocked.Exchange(ref _shown, shown), _stop.Token),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
            return new RunEnded(Job, await run.ConfigureAwait(false));
        }
        catch (RunDeclinedException error)
        {
            return new RunDeclined(Job, ReasonText.Of(error));
        }
        catch (Exception error)
        {
            // Whatever a run does, its node goes on.
            return new RunFailed(Job, ReasonText.Of(error));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}

/// <summary>Why something failed, short enough for any frame: what is too long for one would be dropped.</summary>
internal static class ReasonText
{
    // A character has three bytes at most, and no frame is shorter than 32 000.
    private const int Longest = 4000;

    internal static string Of(Exception error) =>
        error.Message.Length <= Longest ? error.Message : error.Message[..Longest] + "…";
}
