using System.Diagnostics;
using System.Globalization;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// What an open page costs a run at full speed: stimuli a second of one run without a page, with a program that reads all frames of the page, and with the
/// page in Chromium, where it is installed, turn by turn.
/// </summary>
internal static class WatchingComparison
{
    private const int Turns = 7;
    private const string Chromium = "/usr/bin/chromium";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(6);

    private static readonly (string Name, string[] Arguments)[] Engines =
    [
        ("virtual time", ["--engine", "virtual"]),
        ("actors", ["--engine", "actors"]),
        ("three local nodes", ["--engine", "cluster", "--local-nodes", "3"]),
    ];

    public static void Run(TextWriter output) =>
        SideBySide.InFolder(folder => CompareAsync(output, folder).GetAwaiter().GetResult());

    private static async Task CompareAsync(TextWriter output, string folder)
    {
        foreach ((string name, string[] arguments) in Engines)
        {
            using WatchedRun run = WatchedRun.Start(
                Path.Combine(folder, name.Replace(' ', '-')),
                ["digits", .. arguments, "--set", "run.presentations=100000000", "--set", "run.evaluateEvery=0", "--set", "run.checkpointEvery=0"]);
            await run.ReadAsync(TimeSpan.Zero);
            await Task.Delay(WarmUp);
            var read = new double[Turns];
            var shown = new double[Turns];
            int frames = 0;
            for (int turn = 0; turn < Turns; turn++)
            {
                double alone = await RateAsync(run, () => Task.Delay(Turn));
                read[turn] = await RateAsync(run, async () => frames += (await run.ReadAsync(Turn)).Frames) / alone;
                if (File.Exists(Chromium))
                    shown[turn] = await ShownAsync(run, Path.Combine(folder, $"browser-{turn}")) / alone;
                output.WriteLine(Line($"{name}: {alone:0} stimuli/s without a page, with one read {read[turn]:0.000}, in Chromium {shown[turn]:0.000}"));
            }

            output.WriteLine(Line(
                $"{name}, medians: read {SideBySide.Median(read):0.000} ({read.Min():0.000} to {read.Max():0.000}), in Chromium {SideBySide.Median(shown):0.000} ({shown.Min():0.000} to {shown.Max():0.000}); {frames / (Turns * Turn.TotalSeconds):0.0} frames/s"));
        }
    }

    private static async Task<double> ShownAsync(WatchedRun run, string profile)
    {
        var start = new ProcessStartInfo(
            Chromium,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800", "--remote-debugging-port=0", $"--user-data-dir={profile}", run.Page.AbsoluteUri])
        {
            RedirectStandardError = true,
        };
        using Process browser = Process.Start(start)!;
        _ = browser.StandardError.ReadToEndAsync();
        try
        {
            await Task.Delay(Loading);
            return await RateAsync(run, () => Task.Delay(Turn));
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
        }
    }

    private static async Task<double> RateAsync(WatchedRun run, Func<Task> meanwhile)
    {
        (long before, TimeSpan from, _) = await run.ReadAsync(TimeSpan.Zero);
        await meanwhile();
        (long after, TimeSpan until, _) = await run.ReadAsync(TimeSpan.Zero);
        return (after - before) / (until - from).TotalSeconds;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
