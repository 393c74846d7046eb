using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nudge.Hosting;

/// <summary>
/// Node processes that run as long as this one. Each ends when its standard input does, so that none is left behind
/// however this process ends.
/// </summary>
internal sealed class LocalNodes : IAsyncDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<string> _log = new();

    /// <summary>The last lines that nodes wrote.</summary>
    internal string Log => string.Join('\n', _log);

    /// <summary>Whether a node has ended already.</summary>
    internal bool AnyEnded => _processes.Any(process => process.HasExited);

    internal void Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new NodeException($"cannot start {start.FileName}");
        process.OutputDataReceived += (_, line) => Keep(process.Id, line.Data);
        process.ErrorDataReceived += (_, line) => Pass(process.Id, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
            process.StandardInput.Close();
        foreach (Process process in _processes)
            await EndAsync(process);
        _processes.Clear();
    }

    private static async Task EndAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(EndWithin);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Pass(int process, string? line)
    {
        Keep(process, line);
        if (line is not null)
            Console.Error.WriteLine($"[node {process}] {line}");
    }

    private void Keep(int process, string? line)
    {
        if (line is null)
            return;
        _log.Enqueue($"[node {process}] {line}");
        while (_log.Count > LinesKept)
            _log.TryDequeue(out _);
    }
}
