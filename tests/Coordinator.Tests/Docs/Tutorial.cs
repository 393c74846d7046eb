using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>A page of docs/tutorials: its shell blocks are one script, and its text blocks are what that script prints.</summary>
internal sealed partial class Tutorial(string name)
{
    // Points of a percentage by which a machine with other vector instructions may differ.
    private const double Tolerance = 10;

    // On a machine that is busy with other tests.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(8);

    private readonly Page _page = Page.Read($"docs/tutorials/{name}.md");

    /// <summary>All shell blocks, in order.</summary>
    internal string Script => string.Join('\n', _page.Blocks.Where(block => block.Language == "sh").Select(block => block.Text));

    /// <summary>Runs the script with the program that was built with the tests.</summary>
    /// <param name="folder">Where it starts.</param>
    internal async Task<Ended> RunAsync(TemporaryFolder folder)
    {
        string command = folder.File("command");
        Directory.CreateDirectory(command);
        string program = Path.Combine(AppContext.BaseDirectory, "nudge.dll");
        File.WriteAllText(Path.Combine(command, "nudge"), $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(command, "nudge"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // Nodes that a failed script leaves behind would go on for ever.
        string script = $"trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n{OnFreePorts(Script)}";
        var start = new ProcessStartInfo("bash", ["-ec", script])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{command}:{start.Environment["PATH"]}";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(AnswerTimeout);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Lines that the page shows and that were not printed, or with another percentage.</summary>
    /// <param name="printed">Standard output and error of the script.</param>
    internal IEnumerable<string> Differences(string printed)
    {
        string[] lines = printed.Split('\n');
        return _page.Blocks.Where(block => block.Language == "text")
            .SelectMany(block => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(shown => !lines.Any(line => IsSame(shown, line) && IsNear(shown, line)))
            .Select(shown => $"{_page.Name} shows what was not printed: {shown}");
    }

    // A line that ends with "…" is the begin of a longer one.
    private static bool IsSame(string shown, string printed) => shown.EndsWith('…')
        ? Shape(printed).StartsWith(Shape(shown.TrimEnd('…')), StringComparison.Ordinal)
        : Shape(printed) == Shape(shown);

    private static bool IsNear(string shown, string printed) =>
        Percentages(shown).Zip(Percentages(printed)).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);

    private static IEnumerable<double> Percentages(string line) =>
        Percentage().Matches(line).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    // Times, memory, ports and hashes differ between machines; words and the number of numbers do not.
    private static string Shape(string line) =>
        Whitespace().Replace(Number().Replace(Hash().Replace(line, "HASH"), "N"), " ").Trim();

    private static string OnFreePorts(string script)
    {
        var listeners = new List<TcpListener>();
        string[] ports = [.. Port().Matches(script).Select(match => match.Value).Distinct()];
        foreach (string port in ports)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            listeners.Add(listener);
            script = Regex.Replace(script, $@"\b{port}\b", $"{((IPEndPoint)listener.LocalEndpoint).Port}");
        }

        listeners.ForEach(listener => listener.Stop());
        return script;
    }

    [GeneratedRegex(@"\b405\d\b")]
    private static partial Regex Port();

    [GeneratedRegex(@"(\d+(?:\.\d+)?) %")]
    private static partial Regex Percentage();

    [GeneratedRegex(@"\b[0-9a-f]{12,16}\b")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?(E[+-]\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
