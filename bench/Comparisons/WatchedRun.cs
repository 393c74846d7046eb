using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nudge.Bench.Comparisons;

/// <summary>A run of the nudge command as a process of its own that serves its page, and a program that reads the page's frames.</summary>
internal sealed partial class WatchedRun : IDisposable
{
    private const string Data = "data: ";
    private readonly Process _process;
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string _frames;

    private WatchedRun(Process process, Uri page)
    {
        (_process, Page) = (process, page);
        _frames = $"{page.GetLeftPart(UriPartial.Authority)}/api/frames{page.Query}";
    }

    /// <summary>The address of the page, with its token.</summary>
    internal Uri Page { get; }

    /// <summary>Starts a run that waits for its page.</summary>
    /// <param name="path">The run directory, which must not exist.</param>
    /// <param name="arguments">The experiment, and what else the command is given.</param>
    internal static WatchedRun Start(string path, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "nudge.dll"), "run", .. arguments, "--watch", "--speed", "max", "--quiet", "--json", "--out", path,
        ];
        foreach (string argument in all)
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        while (process.StandardError.ReadLine() is { } line)
        {
            if (Printed().Match(line) is { Success: true } address)
            {
                // Read on, or the run would wait for room in a pipe.
                _ = process.StandardError.ReadToEndAsync();
                _ = process.StandardOutput.ReadToEndAsync();
                return new(process, new(address.Value));
            }
        }

        throw new InvalidOperationException("a run has ended without having printed the address of its page");
    }

    /// <summary>Reads frames until a time has passed, and then the next one.</summary>
    /// <returns>Stimuli shown by then, the moment, and the frames read.</returns>
    internal async Task<(long Shown, TimeSpan At, int Frames)> ReadAsync(TimeSpan atLeast)
    {
        long begun = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await _client.GetAsync(_frames, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        int frames = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            // The first one may have been made long ago, when a page was open last; other events have no number.
            if (!line.StartsWith(Data + "{\"number\"", StringComparison.Ordinal) || ++frames < 2 || Stopwatch.GetElapsedTime(begun) < atLeast)
                continue;
            using JsonDocument frame = JsonDocument.Parse(line.AsMemory(Data.Length));
            return (frame.RootElement.GetProperty("presentations").GetInt64(), Stopwatch.GetElapsedTime(0), frames);
        }

        throw new InvalidOperationException("a run has ended before its frames were read");
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}")]
    private static partial Regex Printed();
}
