using System.Globalization;
using System.Net.Sockets;
using Nudge.Actors;
using Nudge.Hosting;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Store;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Transport;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>Nodes of one process that host a small network, with a coordinator that trains it.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private static readonly NetworkSettings Settings = SmallNetwork.Settings(6, 16, 3) with
    {
        Links = new() { Activity = new() { Loss = new IndependentLoss { Rate = 0.1 } } },
    };

    private readonly List<Node> _nodes;

    private SmallCluster(List<Node> nodes, ActorEngine engine, NetworkPlan network)
    {
        _nodes = nodes;
        Engine = engine;
        Network = network;
    }

    internal NetworkPlan Network { get; }

    internal ActorEngine Engine { get; }

    internal IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Starts nodes, of which the first is the seed; the engine is not started.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="presentations">After which the engine has done.</param>
    /// <param name="store">Where slices save themselves, or null.</param>
    /// <param name="healthPort">Where the first one reports its health; 0 for nowhere.</param>
    internal static Task<SmallCluster> StartAsync(int nodes, long presentations, StoreSettings? store = null, int healthPort = 0) =>
        StartAsync(NetworkCompiler.Compile(Settings, 3), nodes, presentations, store, healthPort);

    /// <summary>Starts nodes for a network; weights that it was given are those that it begins with.</summary>
    internal static async Task<SmallCluster> StartAsync(
        NetworkPlan network, int nodes, long presentations, StoreSettings? store = null, int healthPort = 0, int frameBytes = NodeSettings.DefaultFrameBytes)
    {
        var settings = new ActorEngineSettings();
        var started = new List<Node>();
        for (int i = 0; i < nodes; i++)
        {
            Node node = Node.Start(
                new()
                {
                    Seeds = started.Count == 0 ? [] : [started[0].Place],
                    Store = store,
                    HealthPort = i == 0 ? healthPort : 0,
                    SaveEvery = TimeSpan.FromMilliseconds(200),
                    FrameBytes = frameBytes,
                }, (_, _) => new(network.Settings, network.ExpectedStimuli, settings, network.InitialWeights is not null));
            started.Add(node);
            await node.JoinAsync(CancellationToken.None);
        }

        (_, TrainingSchedule schedule, _) = SmallNetwork.Prepare(network.Settings, presentations, VectorExamples.Corners(3));
        ActorEngine engine = ClusterEngine.Create(network, schedule, settings, new()
        {
            Node = new() { Role = NodeSettings.Coordinator, Seeds = [started[0].Place], FrameBytes = frameBytes },
            Nodes = nodes,
            Experiment = "small",
            Classes = 3,
        });
        return new(started, engine, network);
    }

    /// <summary>Resets every TCP connection between nodes of this process: what a firewall or a router that restarts does.</summary>
    /// <returns>How many there were.</returns>
    internal int ResetConnections()
    {
        HashSet<int> ports = [.. _nodes.SelectMany(node => new[] { node.Place.Port, DataPath.Of(node.System).Port().Port })];
        HashSet<string> sockets = [];
        foreach (string line in new[] { "/proc/self/net/tcp", "/proc/self/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Skip(1))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == "01" && (ports.Contains(PortOf(fields[1])) || ports.Contains(PortOf(fields[2]))))
                sockets.Add($"socket:[{fields[9]}]");
        }

        int[] found =
        [
            .. Directory.EnumerateFileSystemEntries("/proc/self/fd")
                .Where(entry => sockets.Contains(new FileInfo(entry).LinkTarget ?? ""))
                .Select(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)),
        ];
        foreach (int descriptor in found)
        {
            try
            {
                using var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The other end of one that was reset just now.
            }
        }

        return found.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        foreach (Node node in _nodes)
            await node.DisposeAsync();
    }

    private static int PortOf(string address) => int.Parse(address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
