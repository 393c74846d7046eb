using System.Runtime.InteropServices;

namespace Nudge.Commands;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP ask the program to save and stop. A second SIGINT or SIGTERM ends it at once, as does the
/// end of the time that saving may take; files are replaced whole, so the last checkpoint stays.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly PosixSignal[] Handled = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private Timer? _limit;
    private int _received;
    private int _demanded;

    private StopSignals() => _registrations = [.. Handled.Select(signal => PosixSignalRegistration.Create(signal, Receive))];

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Asked => _asked.Token;

    /// <summary>Handles signals from now on.</summary>
    internal static StopSignals Listen() => new();

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _limit?.Dispose();
        _asked.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        // A terminal that closes sends SIGHUP twice, itself and through its shell, and SIGTERM may follow from the session:
        // only what is asked for twice is meant to cut saving short.
        if (context.Signal != PosixSignal.SIGHUP && Interlocked.Increment(ref _demanded) > 1)
            EndAtOnce();
        if (Interlocked.Exchange(ref _received, 1) != 0)
            return;
        _limit = new(_ => EndAtOnce(), null, Termination.Within, Timeout.InfiniteTimeSpan);
        _ = _asked.CancelAsync();
    }

    // Not Environment.Exit, which waits for what others have registered to do at the end.
    private static void EndAtOnce()
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(ExitCode.Interrupted);
        End(ExitCode.Interrupted);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void End(int code);
}
