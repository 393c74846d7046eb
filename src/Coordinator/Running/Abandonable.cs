namespace Nudge.Running;

/// <summary>
/// Work that does not look at signals, and leaves nothing half done when it is no longer waited for: it only reads what does
/// not change, or writes files whole.
/// </summary>
internal static class Abandonable
{
    /// <summary>Does the work on a thread of the pool; gives it up when cancelled.</summary>
    /// <param name="work">The work, which goes on unseen until it or the program ends.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Run(work, cancellation).WaitAsync(cancellation);

    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken)"/>
    internal static Task RunAsync(Action work, CancellationToken cancellation) =>
        Task.Run(work, cancellation).WaitAsync(cancellation);
}
