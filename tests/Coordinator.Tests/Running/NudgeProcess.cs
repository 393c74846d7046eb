using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>What the built program did.</summary>
public sealed record Ended(int Code, string Output, string Error)
{
    /// <summary>Its output, which is JSON and nothing else.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return JsonDocument.Parse(Output).RootElement;
            }
            catch (JsonException error)
            {
                throw new InvalidOperationException($"no JSON: {error.Message}\n{Output}\nerrors:\n{Error}", error);
            }
        }
    }
}

/// <summary>
/// The built program in a process of its own, as a user has it. Runs draw no figures, a third of what a short one costs, but
/// where a test asks for <see cref="Plots"/>.
/// </summary>
public sealed class NudgeProcess : IDisposable
{
    /// <summary>Among the arguments of a run: it draws its figures.</summary>
    public const string Plots = "with plots";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly StringBuilder _outputSoFar = new();
    private readonly StringBuilder _errorSoFar = new();

    private NudgeProcess(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
        : this(folder, environment, "dotnet", [Program, .. OptionsOf(arguments)])
    {
    }

    private NudgeProcess(
        string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments, bool typed = false)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = typed,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output = ReadAsync(_process.StandardOutput, _outputSoFar);
        _error = ReadAsync(_process.StandardError, _errorSoFar);
    }

    /// <summary>The number of the process.</summary>
    public int Number => _process.Id;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "nudge.dll");

    private static IReadOnlyDictionary<string, string> NoEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>What it has written to standard error by now.</summary>
    public string ErrorSoFar => TextOf(_errorSoFar);

    /// <summary>What it has written to standard output by now.</summary>
    public string OutputSoFar => TextOf(_outputSoFar);

    public static NudgeProcess Start(string folder, params string[] arguments) =>
        new(folder, new Dictionary<string, string>(), arguments);

    public static async Task<Ended> RunAsync(string folder, params string[] arguments)
    {
        using NudgeProcess process = Start(folder, arguments);
        return await process.EndAsync();
    }

    public static async Task<Ended> RunWithAsync(string variable, string value, string folder, params string[] arguments)
    {
        using var process = new NudgeProcess(folder, new Dictionary<string, string> { [variable] = value }, arguments);
        return await process.EndAsync();
    }

    public static async Task<Ended> RunWithAsync(
        IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        using var process = new NudgeProcess(folder, environment, arguments);
        return await process.EndAsync();
    }

    public static NudgeProcess StartWith(string variable, string value, string folder, params string[] arguments) =>
        new(folder, new Dictionary<string, string> { [variable] = value }, arguments);

    /// <summary>Runs it with redirections in the syntax of bash.</summary>
    public static async Task<Ended> RunInShellAsync(string folder, string redirections, string[] arguments)
    {
        using var process = new NudgeProcess(
            folder, NoEnvironment, "bash", ["-c", $"exec dotnet \"$0\" \"$@\" {redirections}", Program, .. arguments]);
        return await process.EndAsync();
    }

    /// <summary>Runs it with a terminal for all three streams; what it writes there is its output.</summary>
    public static async Task<Ended> RunOnTerminalAsync(string terminal, string folder, string[] arguments)
    {
        using NudgeProcess process = StartOnTerminal(terminal, folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Starts it with a terminal for all three streams, on which a test can type.</summary>
    public static NudgeProcess StartOnTerminal(string terminal, string folder, params string[] arguments)
    {
        // A shell that stays in between would give its own exit code for Ctrl-C.
        string command = "exec " + string.Join(' ', ((string[])["dotnet", Program, .. arguments]).Select(word => $"'{word}'"));
        return new(folder, NoEnvironment, terminal, ["-qec", command, "/dev/null"], typed: true);
    }

    /// <summary>Types on its terminal.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until signals no longer end it as the system would.</summary>
    public Task UntilIsListeningToSignalsAsync() => UntilAsync(() =>
    {
        // SIGHUP, signal 1, is the lowest bit of the mask of those that are caught.
        string? caught = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith("SigCgt", StringComparison.Ordinal));
        return caught is not null && (Convert.ToUInt64(caught.Split('\t')[^1], 16) & 1) != 0;
    });

    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(AnswerTimeout);
        return new(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits until a file matching a pattern is there.</summary>
    public Task UntilFileAsync(string folder, string pattern) =>
        UntilAsync(() => Directory.Exists(folder) && Directory.GetFiles(folder, pattern).Length > 0);

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        while (!holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            if (_process.HasExited)
                throw new InvalidOperationException($"The program ended early: {await _error}");
            // A loop without a pause would take one of the cores from those that it waits for.
            await Task.Delay(PollInterval, limit.Token);
        }
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private static string[] OptionsOf(string[] arguments) =>
        arguments.Contains(Plots) ? [.. arguments.Where(argument => argument != Plots)]
        : arguments is ["run", ..] && !arguments.Contains("--help") ? [.. arguments, "--no-plots"]
        : arguments;

    private static string TextOf(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private static async Task<string> ReadAsync(StreamReader from, StringBuilder into)
    {
        char[] some = new char[4096];
        for (int count; (count = await from.ReadAsync(some)) > 0;)
        {
            lock (into)
                into.Append(some, 0, count);
        }

        return TextOf(into);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
