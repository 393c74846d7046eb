using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// One sweep with two workers against the same runs as two sweeps with one worker each: what sharing a process costs. Real
/// processes, from their start to the end of the later one, turn by turn.
/// </summary>
internal static class SweepComparison
{
    private const int Turns = 5;
    private const string Setting = "links.activity.loss.rate";

    // Runs that lose more are quicker; each half has a quick and a slow one.
    private static readonly string[] Halves = ["0,0.3", "0.1,0.2"];
    private static readonly string Whole = string.Join(',', Halves);

    public static void Run(TextWriter output) => SideBySide.InFolder(folder => Compare(output, folder));

    private static void Compare(TextWriter output, string folder)
    {
        (double[] one, double[] two) = (new double[Turns], new double[Turns]);
        for (int turn = -1; turn < Turns; turn++)
        {
            // The two sides begin alternately, because a machine may become faster or slower with time.
            string[] hashes = [];
            double alone = 0;
            if (turn % 2 == 0)
                (alone, hashes) = Time(folder, 2, Whole);
            (double apart, string[] others) = Time(folder, 1, Halves);
            if (turn % 2 != 0)
                (alone, hashes) = Time(folder, 2, Whole);
            if (!hashes.SequenceEqual(others))
                throw new InvalidOperationException("the two sides did not make the same runs");
            if (turn < 0)
            {
                // The first turn brings the files into memory, and does not count.
                output.WriteLine($"{hashes.Length} runs of digits a side");
                continue;
            }

            (one[turn], two[turn]) = (alone, apart);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"one sweep, 2 workers {alone:0.00} s, two sweeps of 1 worker {apart:0.00} s, ratio {apart / alone:0.000}"));
        }

        double[] ratios = [.. two.Zip(one, (apart, alone) => apart / alone)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"two sweeps' time / one sweep's, median of {Turns} turns: {SideBySide.Median(ratios):0.000} ({ratios.Min():0.000} to {ratios.Max():0.000})"));
    }

    // Until all of them have ended; with the hashes of their runs, which show that both sides did the same work.
    private static (double Seconds, string[] Hashes) Time(string folder, int workers, params string[] rates)
    {
        string[] outs = [.. rates.Select(_ => Path.Combine(folder, Guid.NewGuid().ToString("N")))];
        long begun = Stopwatch.GetTimestamp();
        Process[] sweeps = [.. rates.Zip(outs, (values, path) => Start(values, workers, path))];
        foreach (Process sweep in sweeps)
        {
            sweep.WaitForExit();
            if (sweep.ExitCode != 0)
                throw new InvalidOperationException($"a sweep ended with {sweep.ExitCode}");
            sweep.Dispose();
        }

        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return (seconds, [.. outs.SelectMany(Hashes).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Hashes(string folder) => File.ReadLines(Path.Combine(folder, "runs.jsonl"))
        .Skip(1)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("eventHash").GetString()!);

    private static Process Start(string rates, int workers, string path)
    {
        var start = new ProcessStartInfo("dotnet");
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "nudge.dll"), "sweep", "digits", "--vary", $"{Setting}={rates}",
            "--seeds", "4", "--set", "run.presentations=8000", "--set", "data.train=4000",
            "--workers", $"{workers}", "--out", path, "--quiet", "--json",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.RedirectStandardOutput = true;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
