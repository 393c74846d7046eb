using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A real PostgreSQL server of its own in a temporary folder; none where none is installed.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    internal const string Password = "it's \"a\" $ecret\\#{}";
    private const string Installed = "/usr/lib/postgresql";
    private readonly string? _programs = Directory.Exists(Installed)
        ? Directory.GetDirectories(Installed)
            .Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private string _folder = "";
    private int _databases;

    internal int Port { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        if (_programs is null)
            return;
        _folder = Directory.CreateTempSubdirectory("nudge-postgres-").FullName;
        string password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, Password);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["-R", "postgres", _folder]);
        await RunAsServerAsync(
            "initdb",
            ["-D", Data, "-U", "nudge", "-A", "scram-sha-256", $"--pwfile={password}", "--no-sync"]);
        Port = FreePort();
        // The tests kill its clients, never the server: it need not wait for the disk.
        string options = string.Create(
            CultureInfo.InvariantCulture, $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off");
        string log = Path.Combine(_folder, "log");
        await RunAsServerAsync("pg_ctl", ["-D", Data, "-l", log, "-o", options, "-w", "start"]);
    }

    public async Task DisposeAsync()
    {
        if (_programs is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await RunAsServerAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"]);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The setting of a store in a database of its own. Skips the test where there is no server.</summary>
    internal async Task<string> NewStoreAsync()
    {
        Skip.If(_programs is null, $"PostgreSQL is not installed under {Installed}");
        string name = string.Create(CultureInfo.InvariantCulture, $"store{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return $"postgres:{Connection(name)}";
    }

    private string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = "nudge",
        Password = Password,
    }.ConnectionString;

    // The server refuses to be root; Debian's package brings a user for it.
    private Task RunAsServerAsync(string program, string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    // Output goes nowhere: the server would hold a pipe open for as long as it runs.
    private static async Task RunAsync(string program, string[] arguments)
    {
        string quoted = string.Join(' ', arguments.Prepend(program).Select(part => $"'{part}'"));
        using Process process = Process.Start("/bin/sh", ["-c", $"cd / && {quoted} > /dev/null 2>&1"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{quoted} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
