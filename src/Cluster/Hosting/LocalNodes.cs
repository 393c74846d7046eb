using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Nudge.Interventions;

namespace Nudge.Hosting;

/// <summary>
/// Node processes that run as long as this one. Each ends when its standard input does, so that none is left behind
/// however this process ends.
/// </summary>
public sealed class LocalNodes : INodeControl, IAsyncDisposable
{
    private const string UpLine = $"up: {NodeSettings.Worker} ";
    private const int LinesKept = 200;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);
    private readonly List<Process> _processes = [];
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, bool> _standing = new();
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
        int number = _processes.Count + 1;
        process.OutputDataReceived += (_, line) =>
        {
            Keep(process.Id, line.Data);
            if (line.Data?.StartsWith(UpLine, StringComparison.Ordinal) == true)
                _numbers[line.Data[UpLine.Length..]] = number;
        };
        process.ErrorDataReceived += (_, line) => Pass(process.Id, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    /// <inheritdoc/>
    public int? NumberOf(string place) => _numbers.TryGetValue(place, out int number) ? number : null;

    /// <inheritdoc/>
    public void Do(NodeIntervention intervention)
    {
        ArgumentNullException.ThrowIfNull(intervention);
        if (intervention.Node > _processes.Count || _processes[intervention.Node - 1] is not { HasExited: false } process)
        {
            Console.Error.WriteLine($"warning: {intervention.Words}: there is no such node");
            return;
        }

        try
        {
            switch (intervention)
            {
                case KillNode:
                    process.Kill(entireProcessTree: true);
                    break;
                case LeaveNode:
                    process.StandardInput.Close();
                    break;
                case StopNode:
                    Signal(process, "STOP");
                    _standing[intervention.Node] = true;
                    break;
                case ContinueNode:
                    Signal(process, "CONT");
                    _standing.TryRemove(intervention.Node, out _);
                    break;
            }
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"warning: {intervention.Words}: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (int i = 0; i < _processes.Count; i++)
        {
            // One that stands still would never see that its input has ended.
            if (_standing.ContainsKey(i + 1) && !_processes[i].HasExited)
                _processes[i].Kill(entireProcessTree: true);
            _processes[i].StandardInput.Close();
        }

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

    // The numbers of signals differ between systems; the command knows their names.
    private static void Signal(Process process, string name)
    {
        using Process sent = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
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
