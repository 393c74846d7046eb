using System.CommandLine;
using Nudge.Hosting;
using Nudge.Recording;
using Nudge.Sweeps;
using Nudge.Watching;

namespace Nudge.Commands;

/// <summary><c>nudge watch</c>: the page of a run that goes on, of one that was recorded, or of a sweep.</summary>
internal static class WatchCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("directory") { Description = "The folder of a run or of a sweep.", HelpName = "DIR" };
        var port = new Option<int>("--watch-port")
        {
            Description = "For a recorded run, or a sweep: the port of the page on 127.0.0.1. Default: any that is free.",
            HelpName = "PORT",
            CustomParser = result => Number.Of<int>(result, "--watch-port", 1, 65535),
        };
        var command = new Command(
            "watch",
            "Show the page of a run: of one that goes on with --watch, its address; of one that was made with --record, the\n"
            + "recording, which is played from its beginning to each page that opens. Ctrl-C ends it.\n\n"
            + "  nudge run digits --record\n"
            + "  nudge watch runs/digits-1\n\n"
            + "Show the page of a sweep, whether it goes on, was stopped or is finished: its points as a map that fills.\n\n"
            + "  nudge watch runs/sweep-digits-1")
        {
            folder, port,
        };
        command.SetAction((parsed, cancellation) =>
            ExecuteAsync(parsed.GetRequiredValue(folder), parsed.GetValue(port), cancellation));
        return command;
    }

    private static async Task<int> ExecuteAsync(string folder, int port, CancellationToken cancellation)
    {
        bool sweep = File.Exists(Path.Combine(folder, SweepFiles.Definition));
        if (!sweep && !File.Exists(Path.Combine(folder, RunFiles.Experiment)))
        {
            // The token of a page steers its run, so that nodes do not pass it on.
            if (!Path.Exists(folder) && HostPort.TryParse(folder, out HostPort? place))
            {
                throw new OutputException($"{folder}: expected a folder. The page of a run on a cluster is served on the machine of its "
                    + "coordinator alone: there, nudge watch DIR prints its address, and from here ssh -L PORT:127.0.0.1:PORT "
                    + $"{place!.Host}, with the port of that address, lets it be opened; nudge cluster status {folder} names the coordinator");
            }

            throw new OutputException(
                $"{folder}: there is no {RunFiles.Experiment}, so it is no run directory, and no {SweepFiles.Definition}, so it is none of a sweep");
        }

        if (await WatchAddress.OfAsync(folder, cancellation) is { } address)
        {
            Console.Out.WriteLine(address);
            return ExitCode.Done;
        }

        await using WatchServer server = WatchServer.Start(sweep ? OfSweep(folder) : OfRecording(folder), null, port);
        Console.Out.WriteLine(server.Address);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }

    private static SweepFeed OfSweep(string folder)
    {
        var followed = SweepFolder.Open(folder);
        return new(followed.Board, followed.Look);
    }

    private static RecordedFeed OfRecording(string folder)
    {
        string recording = Path.Combine(folder, RunFiles.Frames);
        return File.Exists(recording)
            ? RecordedFeed.Read(recording)
            : throw new OutputException(
                $"{folder}: no page is served for this run now, and there is no recording of it; nudge run --record makes one");
    }
}
