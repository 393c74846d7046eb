using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// The data connections of a node: one TCP connection to each node with which its actors exchange activity, beside Akka.Remote.
/// The node with the smaller address connects; it asks the other by Akka.Remote for port and token, so that only members of
/// the cluster can connect. Without TLS only: a cluster with certificates sends everything by Akka.Remote.
/// </summary>
internal sealed partial class DataPath : IExtension, IDisposable
{
    internal const string ActorName = "data-path";
    internal const string SettingsPath = "nudge.data-path";
    private readonly ExtendedActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly Codec _codec;
    private readonly LoopSockets _sockets;
    private readonly int _longest;
    private readonly byte[] _token = RandomNumberGenerator.GetBytes(TokenLength);
    private readonly ConcurrentDictionary<ulong, IActorRef> _here = new();
    private readonly ConcurrentDictionary<(Address Node, ulong Key), IActorRef> _elsewhere = new();
    private readonly ConcurrentDictionary<IActorRef, ulong> _keys = new();
    private readonly ConcurrentDictionary<Address, Peer> _peers = new();
    private readonly SemaphoreSlim _handshakes = new(MostHandshakes);
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _end;
    private readonly TcpListener? _listener;
    private long _sent;
    private long _resets;

    private DataPath(ExtendedActorSystem system)
    {
        _system = system;
        _end = _ended.Token;
        _log = Logging.GetLogger(system, nameof(DataPath));
        _sockets = LoopSockets.Of(system.EventStream);
        Akka.Configuration.Config config = system.Settings.Config.GetConfig(SettingsPath);
        _codec = new(WireSerializer.FormatOf(system));
        _longest = config?.GetInt("longest", 0) ?? 0;
        if (config is null || !config.GetBoolean("enabled", false))
            return;
        _listener = new(Dns.GetHostAddresses(config.GetString("bind"))[0], 0);
        _listener.Start();
        system.RegisterOnTermination(Dispose);
        _ = AcceptAsync(_listener);
    }

    /// <summary>Whether this node has data connections.</summary>
    internal bool IsEnabled => _listener is not null;

    /// <summary>Messages that went by data connections.</summary>
    internal long SentCount => Interlocked.Read(ref _sent);

    /// <summary>Connections that have ended, for whatever reason.</summary>
    internal long Resets => Interlocked.Read(ref _resets);

    private Akka.Cluster.Cluster Membership => Akka.Cluster.Cluster.Get(_system);

    /// <summary>The data connections of an actor system.</summary>
    internal static DataPath Of(ActorSystem system) => system.WithExtension<DataPath, Provider>();

    /// <summary>Where connections to this node arrive.</summary>
    internal DataPort Port() => new(((IPEndPoint)_listener!.LocalEndpoint).Port, _token);

    /// <summary>Makes an actor of this node one that connections deliver to.</summary>
    internal void Register(IActorRef actor)
    {
        if (!IsEnabled)
            return;
        ulong key = KeyOf(actor.Path);
        _here[key] = actor;
        _keys[actor] = key;
    }

    /// <summary>Delivers to an actor no more.</summary>
    internal void Unregister(IActorRef actor)
    {
        if (_keys.TryRemove(actor, out ulong key))
            _here.TryRemove(key, out _);
    }

    /// <summary>The actor of a path, by a data connection if it is on another node.</summary>
    internal IActorRef Resolve(string path)
    {
        IActorRef actor = _system.Provider.ResolveActorRef(path);
        if (!IsEnabled || actor.Path.Address.Host is null || actor is not IInternalActorRef remote)
            return actor;
        ulong key = KeyOf(actor.Path);
        Peer peer = _peers.GetOrAdd(actor.Path.Address, address => new(address));
        if (string.CompareOrdinal(Membership.SelfAddress.ToString(), peer.Address.ToString()) < 0 && peer.TryBeginConnecting())
            _ = KeepConnectedAsync(peer);
        // Two coordinators have the same path on their nodes, one after the other.
        return _elsewhere.GetOrAdd((peer.Address, key), _ => new PeerActorRef(this, peer, remote, key));
    }

    /// <summary>The key of a registered actor, or 0.</summary>
    internal ulong KeyOf(IActorRef? actor) => actor is not null && _keys.TryGetValue(actor, out ulong key) ? key : 0;

    /// <summary>Counts a message, and has the loop write it where the caller is on another thread.</summary>
    internal void Sent()
    {
        Interlocked.Increment(ref _sent);
        if (!_sockets.IsOnLoop)
            _sockets.Wake();
    }

    private static ulong KeyOf(ActorPath path) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToStringWithoutAddress())));

    private void Deliver(Peer from, ReceivedFrame frame, object message)
    {
        if (!_here.TryGetValue(frame.Receiver, out IActorRef? receiver))
            return;
        IActorRef? sender = null;
        if (frame.Sender != 0)
            _elsewhere.TryGetValue((from.Address, frame.Sender), out sender);
        receiver.Tell(message, sender ?? ActorRefs.NoSender);
    }

    /// <summary>Closes all connections; those that are needed are made again.</summary>
    internal void CloseAll(string reason)
    {
        foreach (Peer peer in _peers.Values)
            peer.Connection?.Close(reason);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        _listener?.Dispose();
        CloseAll("this node ends");
        _ended.Dispose();
        _handshakes.Dispose();
    }

    private sealed class Provider : ExtensionIdProvider<DataPath>
    {
        public override DataPath CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

/// <summary>Tells members of the cluster where data connections arrive.</summary>
internal sealed class DataPathActor : ReceiveActor
{
    public DataPathActor() => Receive<AskDataPort>(_ => Sender.Tell(DataPath.Of(Context.System).Port()));
}
