using Akka.Actor;
using Akka.Persistence;

namespace Nudge.Store;

/// <summary>Which coordinator of a run is the newest; null where the store does not answer.</summary>
internal sealed record NewestEpoch(string Run, int? Epoch, long Token);

/// <summary>Reads which coordinator of a run is the newest, reports it to its parent and ends.</summary>
internal sealed class EpochReader(string run) : UntypedPersistentActor
{
    private readonly RecoveredSlice _recovered = new();

    /// <inheritdoc/>
    public override string PersistenceId { get; } = SliceJournal.IdOf(run, -1);

    /// <inheritdoc/>
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted)
            Report(_recovered.LastIncarnation, _recovered.Token);
        else
            _recovered.Take(message);
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message) => Unhandled(message);

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Report(null, 0);

    private void Report(int? epoch, long token)
    {
        Context.Parent.Tell(new NewestEpoch(run, epoch, token));
        Context.Stop(Self);
    }
}
