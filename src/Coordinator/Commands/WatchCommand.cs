using System.CommandLine;
using System.Text.Json;
using Nudge.Recording;
using Nudge.Watching;

namespace Nudge.Commands;

/// <summary><c>nudge watch</c>: the page of a run that goes on, or of one that was recorded.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    internal static Command Create()
    {
        var folder = new Argument<string>("directory") { Description = "The run directory.", HelpName = "DIR" };
        var port = new Option<int>("--watch-port")
        {
            Description = "For a recorded run: the port of the page on 127.0.0.1. Default: any that is free.",
            HelpName = "PORT",
            CustomParser = result => Number.Of<int>(result, "--watch-port", 1, 65535),
        };
        var command = new Command(
            "watch",
            "Show the page of a run: of one that goes on with --watch, its address; of one that was made with --record, the\n"
            + "recording, which is played from its beginning to each page that opens. Ctrl-C ends it.\n\n"
            + "  nudge run digits --record\n"
            + "  nudge watch runs/digits-1")
        {
            folder, port,
        };
        command.SetAction((parsed, cancellation) =>
            ExecuteAsync(parsed.GetRequiredValue(folder), parsed.GetValue(port), cancellation));
        return command;
    }

    private static async Task<int> ExecuteAsync(string folder, int port, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, RunFiles.Experiment)))
            throw new OutputException($"{folder}: there is no {RunFiles.Experiment}, so it is no run directory");
        if (await AddressOfAsync(folder, cancellation) is { } address)
        {
            Console.Out.WriteLine(address);
            return ExitCode.Done;
        }

        string recording = Path.Combine(folder, RunFiles.Frames);
        if (!File.Exists(recording))
            throw new OutputException($"{folder}: no page is served for this run now, and there is no recording of it; nudge run --record makes one");
        await using WatchServer server = WatchServer.Start(RecordedFeed.Read(recording), null, port);
        Console.Out.WriteLine(server.Address);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }

    /// <summary>Where the page of a run is served; null where none is, as after a program that was killed.</summary>
    private static async Task<string?> AddressOfAsync(string folder, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, RunFiles.Watch);
        if (!File.Exists(file))
            return null;
        try
        {
            string? address = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation)).RootElement.GetProperty("address").GetString();
            using var client = new HttpClient { Timeout = AnswerWithin };
            using HttpResponseMessage answer = await client.GetAsync(new Uri(address!), cancellation);
            return answer.IsSuccessStatusCode ? address : null;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or UriFormatException
            or ArgumentNullException or IOException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
