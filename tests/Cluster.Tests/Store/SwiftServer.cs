using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A real server with the API of S3, OpenStack's Swift, in a temporary folder; none where none is installed.</summary>
public sealed class SwiftServer : IAsyncLifetime
{
    private const string Programs = "/usr/bin";
    private const string Key = "test:tester";
    private const string Secret = "testing";
    private static readonly string[] Services = ["account", "container", "object"];
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private readonly bool _installed = File.Exists($"{Programs}/swift-proxy-server") && File.Exists($"{Programs}/memcached") && Environment.IsPrivilegedProcess;
    private readonly List<Process> _processes = [];
    private string _folder = "";
    private int _buckets;

    internal Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    public async Task InitializeAsync()
    {
        if (!_installed)
            return;
        _folder = Directory.CreateTempSubdirectory("nudge-swift-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "devices", "d1"));
        foreach (string service in Services)
            await MakeServiceAsync(service);
        int cache = FreePort();
        Start("memcached", "-u", "root", "-l", "127.0.0.1", "-p", Text(cache), "-m", "16");
        int port = FreePort();
        Start("swift-proxy-server", Write("proxy", $"""
            {Common(port)}
            [pipeline:main]
            pipeline = catch_errors gatekeeper cache s3api tempauth proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            [filter:tempauth]
            use = egg:swift#tempauth
            user_test_tester = {Secret} .admin
            [filter:s3api]
            use = egg:swift#s3api
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:{cache}
            [filter:catch_errors]
            use = egg:swift#catch_errors
            [filter:gatekeeper]
            use = egg:swift#gatekeeper
            """));
        Endpoint = new($"http://127.0.0.1:{port}/");
        using AmazonS3Client client = NewClient();
        using var limit = new CancellationTokenSource(StartWithin);
        while (!await AnswersAsync(client))
            await Task.Delay(100, limit.Token);
    }

    public Task DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        if (_folder.Length > 0)
            Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Files in a bucket of their own. Skips the test where there is no server.</summary>
    internal async Task<S3Files> NewFilesAsync(int pageLength = 1000)
    {
        Skip.IfNot(_installed, $"There is no {Programs}/swift-proxy-server with memcached, or not the right to start it.");
        string bucket = string.Create(CultureInfo.InvariantCulture, $"bucket{Interlocked.Increment(ref _buckets)}");
        using AmazonS3Client client = NewClient();
        await client.PutBucketAsync(bucket);
        return Files($"s3://{bucket}/some/where", pageLength: pageLength);
    }

    internal S3Files Files(string place, string secret = Secret, int pageLength = 1000) =>
        new(S3Place.Parse(place)!, Endpoint, new BasicAWSCredentials(Key, secret)) { PageLength = pageLength };

    private AmazonS3Client NewClient() =>
        new(new BasicAWSCredentials(Key, Secret), new AmazonS3Config { ServiceURL = Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    private static async Task<bool> AnswersAsync(AmazonS3Client client)
    {
        try
        {
            await client.ListBucketsAsync();
            return true;
        }
        catch (Exception error) when (error is AmazonServiceException or HttpRequestException)
        {
            return false;
        }
    }

    private async Task MakeServiceAsync(string service)
    {
        int port = FreePort();
        string builder = Path.Combine(_folder, $"{service}.builder");
        await RingAsync(builder, "create", "4", "1", "1");
        await RingAsync(builder, "add", $"r1z1-127.0.0.1:{port}/d1", "1");
        await RingAsync(builder, "rebalance");
        Start($"swift-{service}-server", Write(service, $"""
            {Common(port)}
            devices = {_folder}/devices
            mount_check = false
            [pipeline:main]
            pipeline = {service}-server
            [app:{service}-server]
            use = egg:swift#{service}
            """));
    }

    private string Common(int port) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {port}
        workers = 0
        user = root
        swift_dir = {_folder}
        """;

    private string Write(string service, string text)
    {
        string file = Path.Combine(_folder, $"{service}-server.conf");
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task RingAsync(params string[] arguments)
    {
        using Process process = Process.Start(Quiet("swift-ring-builder", arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode > 1)
            throw new InvalidOperationException($"swift-ring-builder {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private void Start(string program, params string[] arguments) => _processes.Add(Process.Start(Quiet(program, arguments))!);

    // Output is discarded: it is not read, and a server waits when its pipe is full.
    private static ProcessStartInfo Quiet(string program, string[] arguments)
    {
        string quoted = string.Join(' ', arguments.Prepend($"{Programs}/{program}").Select(part => $"'{part}'"));
        return new("/bin/sh", ["-c", $"exec {quoted} > /dev/null 2>&1"]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
