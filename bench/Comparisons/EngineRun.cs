using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Nudge.Bench.Comparisons;

/// <summary>One run of the nudge command as a process of its own.</summary>
internal static class EngineRun
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(21);

    /// <summary>Stimuli a second while it runs, start of the nodes included.</summary>
    /// <param name="experiment">A file or the name of an embedded experiment.</param>
    /// <param name="presentations">How many stimuli.</param>
    /// <param name="path">The run directory, which must not exist.</param>
    /// <param name="arguments">What else the command is given.</param>
    internal static double Rate(string experiment, int presentations, string path, IReadOnlyList<string> arguments)
    {
        using Process process = Start(experiment, presentations, path, arguments);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"a run ended with {process.ExitCode}");
        using JsonDocument run = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "run.json")));
        return presentations / run.RootElement.GetProperty("wallSeconds").GetDouble();
    }

    /// <summary>
    /// Stimuli a second of a run that is interrupted, without its start and its end: the difference of two runs.
    /// </summary>
    /// <param name="experiment">A file or the name of an embedded experiment.</param>
    /// <param name="path">The run directories begin with it.</param>
    /// <param name="arguments">What else the command is given.</param>
    internal static double SteadyRate(string experiment, string path, IReadOnlyList<string> arguments)
    {
        (double Shown, double Seconds) first = Interrupted(experiment, $"{path}-short", Short, arguments);
        (double Shown, double Seconds) second = Interrupted(experiment, $"{path}-long", Long, arguments);
        return (second.Shown - first.Shown) / (second.Seconds - first.Seconds);
    }

    private static (double Shown, double Seconds) Interrupted(
        string experiment, string path, TimeSpan after, IReadOnlyList<string> arguments)
    {
        using Process process = Start(experiment, 100_000_000, path, arguments);
        Task<string> results = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(after))
            throw new InvalidOperationException($"a run ended by itself with {process.ExitCode}");
        using (Process signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            signal.WaitForExit();
        process.WaitForExit();
        using JsonDocument run = JsonDocument.Parse(results.GetAwaiter().GetResult());
        return (run.RootElement.GetProperty("presentations").GetDouble(), run.RootElement.GetProperty("wallSeconds").GetDouble());
    }

    private static Process Start(string experiment, int presentations, string path, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet");
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "nudge.dll"), "run", experiment, .. arguments, "--seed", "1", "--json",
            "--set", string.Create(CultureInfo.InvariantCulture, $"run.presentations={presentations}"), "--out", path, "--quiet",
        ];
        foreach (string argument in all)
            start.ArgumentList.Add(argument);
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
