using System.Diagnostics;
using System.Globalization;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A process that keeps numbered states of one slice and prints which ones were reported as kept.</summary>
internal sealed class SliceSaver : IDisposable
{
    // Three parts: a kill often falls between them.
    private const int Length = (2 * StateChunk.MaximumLength) + 1_000;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    internal SliceSaver(string store) => _process = Process.Start(new ProcessStartInfo
    {
        FileName = Environment.ProcessPath!,
        ArgumentList = { "exec", typeof(SliceSaver).Assembly.Location, "keep", store },
        RedirectStandardOutput = true,
    })!;

    /// <summary>What such a process does.</summary>
    internal static async Task KeepForeverAsync(string store)
    {
        StoreSettings settings = Stores.Parse(store);
        await SliceStore.OpenAsync(settings, CancellationToken.None);
        await using var node = new StoreNode(settings);
        Life incarnation = node.Begin();
        SliceRestored restored = await incarnation.AwakeAsync();
        long number = restored.State.IsEmpty ? 0 : NumberedState.Read(restored.State);
        while (true)
        {
            await incarnation.KeepAsync(NumberedState.Make(++number, Length));
            Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Kills it at a share of the save after so many; returns the last that was reported as kept.</summary>
    internal async Task<long> KillAsync(int saves, double share)
    {
        long kept = 0;
        long saved = 0;
        TimeSpan aSave = default;
        for (int i = 0; i < saves; i++)
        {
            kept = Number(await _process.StandardOutput.ReadLineAsync().WaitAsync(AnswerTimeout)) ?? kept;
            aSave = Stopwatch.GetElapsedTime(saved);
            saved = Stopwatch.GetTimestamp();
        }

        // What varies is where in a snapshot the kill falls; nothing is waited for.
        await Task.Delay(share * aSave);
        _process.Kill();
        await _process.WaitForExitAsync();
        while (Number(await _process.StandardOutput.ReadLineAsync()) is { } more)
            kept = more;
        return kept;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static long? Number(string? line) =>
        line is null ? null : long.Parse(line, CultureInfo.InvariantCulture);
}
