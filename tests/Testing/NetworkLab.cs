using System.Globalization;
using Xunit;

namespace Nudge.Testing;

/// <summary>
/// Hosts 10.77.0.1, 10.77.0.2, … on this machine with a network between them (deploy/netlab), for tests that start a
/// process on each. The test project references Netlab. Where it cannot be, the test is skipped and reports why.
/// </summary>
public sealed class NetworkLab : IAsyncDisposable
{
    private const int Unavailable = 3;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "netlab.dll");
    private static int _started;
    private readonly List<LabProcess> _guests = [];

    private NetworkLab(string name, LabProcess process)
    {
        Name = name;
        Process = process;
    }

    /// <summary>Namespaces of its hosts are NAME-1, NAME-2, ….</summary>
    public string Name { get; }

    /// <summary>The process that forwards.</summary>
    public LabProcess Process { get; }

    /// <summary>Makes the hosts. The test must be a SkippableFact.</summary>
    public static async Task<NetworkLab> StartAsync(NetworkLabSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string number = Interlocked.Increment(ref _started).ToString(CultureInfo.InvariantCulture);
        string name = $"test{Environment.ProcessId}x{number}";
        var lab = new NetworkLab(name, new("dotnet", [Program, .. Up(name, settings)]));
        try
        {
            await lab.Process.LineAsync("ready ");
            return lab;
        }
        catch (InvalidOperationException)
        {
            int code = await lab.Process.EndAsync();
            string log = lab.Process.Log;
            await lab.DisposeAsync();
            Skip.If(code == Unavailable, log);
            throw;
        }
    }

    public static string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{host}");

    /// <summary>Starts a process on a host; it is killed with the lab at the latest.</summary>
    public LabProcess Start(int host, string program, params string[] arguments)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{Name}-{host}");
        var process = new LabProcess("ip", ["netns", "exec", place, program, .. arguments]);
        _guests.Add(process);
        return process;
    }

    /// <summary>Cuts <c>1</c> (a host off), <c>1-2</c> (both ways) or <c>1&gt;2</c> (one way).</summary>
    public Task CutAsync(string where) => AskAsync($"cut {where}");

    /// <summary>Undoes cuts; without a place all.</summary>
    public Task HealAsync(string where = "") => AskAsync($"heal {where}");

    /// <summary>Changes <c>delay 50ms</c>, <c>jitter 5ms</c> or <c>loss 0.1</c>.</summary>
    public Task ChangeAsync(string condition) => AskAsync(condition);

    public async Task<IReadOnlyDictionary<string, LinkCounts>> CountsAsync() =>
        (await AskAsync("stats")).Select(LinkCounts.Parse).ToDictionary(counts => counts.Link);

    /// <summary>Packets that a host asked another to send back: number and milliseconds of those that came.</summary>
    /// <param name="from">The node that asks.</param>
    /// <param name="to">The node that is asked.</param>
    /// <param name="count">How many packets, one every few milliseconds.</param>
    /// <param name="timeout">How long to wait after the last, unless all have come back before.</param>
    public async Task<IReadOnlyDictionary<int, double>> PingAsync(int from, int to, int count, string timeout = "20s")
    {
        using LabProcess ping = Start(
            from, "dotnet", Program, "ping", AddressOf(to), "--count", count.ToString(CultureInfo.InvariantCulture),
            "--interval", "2ms", "--timeout", timeout);
        int code = await ping.EndAsync();
        string[] lines = ping.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // That nothing came back is an answer, too. Any other output is not.
        if (code != 0 && lines.Length > 0)
            throw new InvalidOperationException(ping.Log);
        return lines.Select(line => line.Split(' ')).ToDictionary(
            words => int.Parse(words[0], CultureInfo.InvariantCulture),
            words => double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LabProcess guest in _guests)
            guest.Dispose();
        try
        {
            Process.Hush();
            await Process.EndAsync();
        }
        finally
        {
            Process.Dispose();
        }
    }

    private static string[] Up(string name, NetworkLabSettings settings) =>
    [
        "up", "--name", name, "--hosts", settings.Hosts.ToString(CultureInfo.InvariantCulture),
        "--delay", settings.Delay, "--jitter", settings.Jitter,
        "--loss", settings.Loss.ToString(CultureInfo.InvariantCulture),
        "--seed", settings.Seed.ToString(CultureInfo.InvariantCulture),
    ];

    private async Task<IReadOnlyList<string>> AskAsync(string command)
    {
        await Process.SayAsync(command.Trim());
        var lines = new List<string>();
        while (await Process.LineAsync("") is string line && line != "ok")
        {
            if (line.StartsWith("error", StringComparison.Ordinal))
                throw new InvalidOperationException(line);
            lines.Add(line);
        }

        return lines;
    }
}
