using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Nudge.Testing;

/// <summary>A process of a lab, with all that it wrote.</summary>
public sealed class LabProcess : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly BlockingCollection<string> _output = [];
    private bool _disposed;

    internal LabProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Received(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All lines so far, of standard output and standard error.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Waits for the next line of standard output that begins so; those before it are passed over.</summary>
    public Task<string> LineAsync(string beginning) => Task.Run(() =>
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        try
        {
            foreach (string line in _output.GetConsumingEnumerable(limit.Token))
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Waited for '{beginning}…' without success. The process wrote:\n{Log}");
        }

        throw new InvalidOperationException($"The process ended without '{beginning}…'. It wrote:\n{Log}");
    });

    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Ends standard input.</summary>
    public void Hush() => _process.StandardInput.Close();

    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(AnswerTimeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process does not end. It wrote:\n{Log}");
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        // A test may end a process that its lab would end, too.
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _output.Dispose();
    }

    private void Received(string? line)
    {
        Keep(line);
        if (line is null)
            _output.CompleteAdding();
        else
            _output.Add(line);
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _log.Enqueue(line);
    }
}
