using System.Net;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>A run that was recorded is played on the page, and recording changes nothing.</summary>
public sealed class RecordingTests
{
    private static readonly string[] Small = ["run", "xor", "--set", "run.presentations=2000", "--quiet", "--json"];

    [Fact]
    public async Task A_recorded_run_has_the_same_bits_and_is_played_from_its_beginning_to_its_end()
    {
        using var folder = new TemporaryFolder();
        JsonElement plain = await RunAsync(folder.Path, "--out", "plain");
        JsonElement recorded = await RunAsync(folder.Path, "--out", "recorded", "--record");
        Assert.Equal(Text(plain, "eventHash"), Text(recorded, "eventHash"));
        Assert.Equal(Text(plain, "weightsHash"), Text(recorded, "weightsHash"));
        using var served = await WatchedProcess.StartRecordedAsync(folder.Path, "recorded");
        JsonElement network = JsonDocument.Parse(await served.Client.GetStringAsync(served.At("/api/description"))).RootElement;
        Assert.Equal("recorded", network.GetProperty("mode").GetString());
        Assert.False(network.GetProperty("canControl").GetBoolean());
        JsonElement first = await served.FrameAsync();
        Assert.Equal(1, first.GetProperty("number").GetInt64());
        Assert.True(first.GetProperty("presentations").GetInt64() < 100);
        JsonElement later = await served.FrameAsync(frame => frame.GetProperty("curve").GetArrayLength() >= 3);
        Assert.True(later.GetProperty("number").GetInt64() > 3);
        using HttpResponseMessage command = await served.PostAsync("/api/pause");
        Assert.Equal(HttpStatusCode.NotFound, command.StatusCode);
    }

    [Fact]
    public async Task A_run_without_page_and_recording_says_what_would_make_one()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, "--out", "plain");
        using var watch = NudgeProcess.Start(folder.Path, "watch", "plain");
        Ended ended = await watch.EndAsync();
        Assert.Equal(2, ended.Code);
        Assert.Contains("nudge run --record", ended.Error, StringComparison.Ordinal);
        using var nothing = NudgeProcess.Start(folder.Path, "watch", ".");
        ended = await nothing.EndAsync();
        Assert.Equal(2, ended.Code);
        Assert.Contains("no run directory", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_recording_is_refused_with_the_line()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, "--out", "plain", "--record");
        string file = Path.Combine(folder.Path, "plain", RunFiles.Frames);
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..300]);
        using var watch = NudgeProcess.Start(folder.Path, "watch", "plain");
        Ended ended = await watch.EndAsync();
        Assert.Equal(2, ended.Code);
        Assert.Contains($"{RunFiles.Frames}:", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_was_cut_short_by_a_kill_is_played_up_to_there()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, "--out", "killed", "--record");
        string file = Path.Combine(folder.Path, "killed", RunFiles.Frames);
        byte[] whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);
        using var served = await WatchedProcess.StartRecordedAsync(folder.Path, "killed");
        Assert.Equal(1, (await served.FrameAsync()).GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task A_recording_goes_on_where_its_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        string[] longer = ["run", "xor", "--set", "run.presentations=5000", "--record", "--out", "stopped"];
        using (var first = NudgeProcess.Start(folder.Path, longer))
        {
            await first.UntilFileAsync(Path.Combine(folder.Path, "stopped"), RunFiles.Frames);
            await first.UntilIsListeningToSignalsAsync();
            first.Signal("TERM");
            Assert.Equal(130, (await first.EndAsync()).Code);
        }

        using var second = NudgeProcess.Start(folder.Path, "run", "--resume", "stopped", "--record", "--quiet");
        Assert.Equal(0, (await second.EndAsync()).Code);
        (_, IReadOnlyList<Nudge.Watching.RunFrame> frames) =
            Nudge.Watching.RecordingFile.Read(Path.Combine(folder.Path, "stopped", RunFiles.Frames));
        Assert.Equal(frames.OrderBy(frame => frame.Presentations), frames);
        Assert.Equal(5000, frames[^1].Presentations);
        Assert.True(frames.Count > 90, $"{frames.Count} frames");
        Assert.Equal(
            File.ReadLines(Path.Combine(folder.Path, "stopped", RunFiles.Metrics)).Count() - 1, frames.Sum(frame => frame.Curve.Count));
    }

    [Fact]
    public async Task The_address_of_a_run_that_goes_on_is_found_by_its_folder()
    {
        using var folder = new TemporaryFolder();
        using var served = await WatchedProcess.StartAsync(folder.Path, "xor", "--out", "live");
        using var watch = NudgeProcess.Start(folder.Path, "watch", "live");
        Ended ended = await watch.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Equal(served.Address.ToString(), ended.Output.Trim());
    }

    private static async Task<JsonElement> RunAsync(string folder, params string[] arguments)
    {
        using var process = NudgeProcess.Start(folder, [.. Small, .. arguments]);
        Ended ended = await process.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private static string? Text(JsonElement run, string name) => run.GetProperty(name).GetString();
}
