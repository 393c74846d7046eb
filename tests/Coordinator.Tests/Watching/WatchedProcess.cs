using System.Text.Json;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>A run of the built program that serves its page, with what a program on this machine can ask of it.</summary>
public sealed partial class WatchedProcess : IDisposable
{
    /// <summary>Long enough for a busy machine; nothing takes so long unless it never comes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private readonly NudgeProcess _process;
    private readonly HttpClient _client = new() { Timeout = Limit };

    private WatchedProcess(NudgeProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>The address that it has printed, with the token.</summary>
    public Uri Address { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Site => Address.GetLeftPart(UriPartial.Authority);

    public string Token => Address.Query["?token=".Length..];

    public HttpClient Client => _client;

    /// <summary>Starts a run that waits for its page.</summary>
    public static Task<WatchedProcess> StartAsync(string folder, params string[] arguments) =>
        StartCommandAsync(folder, ["run", .. arguments, "--watch"]);

    /// <summary>Starts a sweep that shows its page.</summary>
    public static Task<WatchedProcess> StartSweepAsync(string folder, params string[] arguments) =>
        StartCommandAsync(folder, ["sweep", .. arguments, "--watch"]);

    private static async Task<WatchedProcess> StartCommandAsync(string folder, string[] arguments)
    {
        var process = NudgeProcess.Start(folder, arguments);
        try
        {
            await process.UntilAsync(() => Printed().IsMatch(process.ErrorSoFar));
            return new(process, new(Printed().Match(process.ErrorSoFar).Value));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Serves a recorded run, or a sweep by its files.</summary>
    public static async Task<WatchedProcess> StartRecordedAsync(string folder, string run)
    {
        var process = NudgeProcess.Start(folder, "watch", run);
        try
        {
            await process.UntilAsync(() => Printed().IsMatch(process.OutputSoFar));
            return new(process, new(Printed().Match(process.OutputSoFar).Value));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    public Task<Ended> EndAsync() => _process.EndAsync();

    public Uri At(string path) => new($"{Site}{path}{(path.Contains('?') ? '&' : '?')}token={Token}");

    public async Task<HttpResponseMessage> PostAsync(string path, string body = "{}")
    {
        using var content = new StringContent(body);
        return await _client.PostAsync(At(path), content);
    }

    public async Task CommandAsync(string path, string body = "{}")
    {
        using HttpResponseMessage answer = await PostAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public Task<JsonElement> FrameAsync() => FrameAsync(_ => true);

    /// <summary>The first frame of which something holds.</summary>
    public async Task<JsonElement> FrameAsync(Predicate<JsonElement> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        JsonElement last = default;
        try
        {
            await using Stream stream = await _client.GetStreamAsync(At("/api/frames"), limit.Token);
            using var reader = new StreamReader(stream);
            string kind = "";
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    kind = line;
                if (kind != "event: frame" || !line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                last = JsonDocument.Parse(line["data: ".Length..]).RootElement;
                if (holds(last))
                    return last;
            }

            throw new InvalidOperationException($"the frames have ended: {_process.ErrorSoFar}");
        }
        catch (OperationCanceledException error)
        {
            throw new TimeoutException($"no such frame; the last one: {last}", error);
        }
    }

    /// <summary>A frame of a run that stands: the first that says so may have been taken before its last phase.</summary>
    public Task<JsonElement> StandingFrameAsync()
    {
        int paused = 0;
        return FrameAsync(frame => frame.GetProperty("state").GetString() == "paused" && ++paused == 3);
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}")]
    private static partial Regex Printed();
}
