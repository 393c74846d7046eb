using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nudge.Coordinator.Tests.Hosting;

/// <summary>A node in a process of its own. What it wrote is shown when a test that waits for it times out.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<string> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "nudge.dll"), "node" }.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static NodeProcess Start(params string[] arguments) => new(new Dictionary<string, string>(), arguments);

    public static NodeProcess StartWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(environment, arguments);

    /// <summary>Waits until the node is up; where it listens.</summary>
    public Task<string> UpAsync() => Expect(_up.Task);

    public async Task<int> EndAsync(string signal)
    {
        await SignalAsync(signal);
        return await EndAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> EndAsync()
    {
        await Expect(Ended());
        return _process.ExitCode;
    }

    public string Log => string.Join('\n', _log);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<bool> Ended()
    {
        await _process.WaitForExitAsync();
        return true;
    }

    private async Task<T> Expect<T>(Task<T> awaited)
    {
        try
        {
            return await awaited.WaitAsync(AnswerTimeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The node wrote:\n{Log}");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _log.Enqueue(line);
        if (line.StartsWith("up: ", StringComparison.Ordinal))
            _up.TrySetResult(line.Split(' ')[^1]);
    }
}
