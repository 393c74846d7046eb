using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Security;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// The data connections of a node: one TCP connection to each node with which its actors exchange messages while they run,
/// beside Akka.Remote, with the same TLS. The node with the smaller address connects; it asks the other by Akka.Remote for port
/// and token, so that only members of the cluster can connect.
/// </summary>
internal sealed partial class DataPath : IExtension, IDisposable
{
    internal const string ActorName = "data-path";
    internal const string SettingsPath = "nudge.data-path";
    private readonly ExtendedActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly Codec _codec;
    private readonly LoopSockets _sockets;
    private readonly MutualTls? _tls;
    private readonly int _longest;
    private readonly int _framesPerSecond;
    private readonly byte[] _token = RandomNumberGenerator.GetBytes(TokenLength);
    private readonly ConcurrentDictionary<ulong, IActorRef> _here = new();
    private readonly ConcurrentDictionary<(Address Node, ulong Key), IActorRef> _elsewhere = new();
    private readonly ConcurrentDictionary<IActorRef, ulong> _keys = new();
    private readonly ConcurrentDictionary<Address, Peer> _peers = new();
    private readonly Strangers _strangers = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _end;
    private readonly TcpListener _listener;
    private long _sentToGone;
    private long _resets;

    private DataPath(ExtendedActorSystem system)
    {
        _system = system;
        _end = _ended.Token;
        _log = Logging.GetLogger(system, nameof(DataPath));
        _sockets = LoopSockets.Of(system.EventStream);
        _tls = system.Settings.Setup.Get<MutualTls>() is { HasValue: true } tls ? tls.Value : null;
        Akka.Configuration.Config config = system.Settings.Config.GetConfig(SettingsPath);
        _codec = new(WireSerializer.FormatOf(system));
        _longest = config.GetInt("longest");
        _framesPerSecond = config.GetInt("frames-per-second");
        _listener = new(Dns.GetHostAddresses(config.GetString("bind"))[0], config.GetInt("port"));
        _listener.Start();
        system.RegisterOnTermination(Dispose);
        new Thread(Accept) { Name = "nudge-data-port", IsBackground = true }.Start();
    }

    /// <summary>Messages that were handed to data connections.</summary>
    internal long SentCount => Interlocked.Read(ref _sentToGone) + Peers.Sum(peer => peer.Traffic.Sent);

    /// <summary>The nodes with which messages are exchanged, or were.</summary>
    internal IEnumerable<Peer> Peers => _peers.Values;

    /// <summary>Connections that have ended, for whatever reason.</summary>
    internal long Resets => Interlocked.Read(ref _resets);

    private Akka.Cluster.Cluster Membership => Akka.Cluster.Cluster.Get(_system);

    /// <summary>Starts the data connections of a node.</summary>
    /// <exception cref="SocketException">Its data port cannot be bound.</exception>
    internal static void Start(ActorSystem system)
    {
        Of(system);
        system.ActorOf<DataPathActor>(ActorName);
    }

    /// <summary>The data connections of an actor system.</summary>
    internal static DataPath Of(ActorSystem system) => system.WithExtension<DataPath, Provider>();

    /// <summary>Where connections to this node arrive.</summary>
    internal DataPort Port() => new(((IPEndPoint)_listener.LocalEndpoint).Port, _token);

    /// <summary>Makes an actor of this node one that connections deliver to.</summary>
    internal void Register(IActorRef actor)
    {
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
        if (actor.Path.Address.Host is null || actor is not IInternalActorRef remote)
            return actor;
        ulong key = KeyOf(actor.Path);
        Peer peer = PeerOf(actor.Path.Address);
        if (string.CompareOrdinal(Membership.SelfAddress.ToString(), peer.Address.ToString()) < 0 && peer.TryBeginConnecting())
            _ = KeepConnectedAsync(peer);
        // Two coordinators have the same path on their nodes, one after the other.
        return _elsewhere.GetOrAdd((peer.Address, key), _ => new PeerActorRef(this, peer, remote, key));
    }

    /// <summary>Sends a message to actors of one node, if it is one of those that data connections carry.</summary>
    internal bool Send(Peer peer, object message, IActorRef? sender, ReadOnlySpan<ulong> receivers)
    {
        if (!DataFrame.TryKindOf(message, out byte kind))
            return false;
        ulong from = IsAnswered(message) && sender is not null ? _keys.GetValueOrDefault(sender) : 0;
        if (!peer.IsGone)
            peer.Traffic.CountAppended(peer.Outgoing.TryAppend(message, kind, from, receivers));
        if (!_sockets.IsOnLoop)
            _sockets.Wake();
        return true;
    }

    /// <summary>A node has left the cluster: what is known of it is forgotten.</summary>
    internal void Forget(Address node)
    {
        if (_peers.TryRemove(node, out Peer? peer))
        {
            peer.End();
            Interlocked.Add(ref _sentToGone, peer.Traffic.Sent);
        }

        foreach ((Address Node, ulong Key) key in _elsewhere.Keys.Where(key => key.Node.Equals(node)))
            _elsewhere.TryRemove(key, out _);
    }

    /// <summary>Whether anything is known of a node.</summary>
    internal bool Knows(Address node) => _peers.ContainsKey(node) || _elsewhere.Keys.Any(key => key.Node.Equals(node));

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
        _listener.Dispose();
        CloseAll("this node ends");
        _ended.Dispose();
        _strangers.CloseAll();
    }

    private static ulong KeyOf(ActorPath path) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToStringWithoutAddress())));

    // Activity is credited, and parts are acknowledged; nothing else is answered.
    private static bool IsAnswered(object message) => message is ActivityMessage or VirtualPart or VirtualReceived;

    private Peer PeerOf(Address address) => _peers.GetOrAdd(address, one => new(one, _codec, _longest));

    private void Deliver(Peer from, ReceivedFrame frame, object message)
    {
        from.Traffic.CountReceived(frame.Length);
        IActorRef? sender = null;
        if (frame.Sender != 0)
            _elsewhere.TryGetValue((from.Address, frame.Sender), out sender);
        for (int place = 0; place < frame.Receivers; place++)
        {
            if (!_here.TryGetValue(frame.ReceiverAt(place), out IActorRef? receiver))
                continue;
            receiver.Tell(message, sender ?? ActorRefs.NoSender);
            // One of the receivers credits for all.
            sender = null;
        }
    }

    private sealed class Provider : ExtensionIdProvider<DataPath>
    {
        public override DataPath CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

/// <summary>Tells members of the cluster where data connections arrive, and forgets nodes that have left.</summary>
internal sealed class DataPathActor : ReceiveActor
{
    public DataPathActor()
    {
        var path = DataPath.Of(Context.System);
        // The token is for members: who does not know it cannot connect.
        Receive<AskDataPort>(_ => path.IsMember(Sender.Path.Address), _ => Sender.Tell(path.Port()));
        Receive<AskDataPort>(_ => { });
        Receive<ClusterEvent.MemberRemoved>(removed => path.Forget(removed.Member.Address));
        Receive<ClusterEvent.CurrentClusterState>(_ => { });
    }

    /// <inheritdoc/>
    protected override void PreStart() =>
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.MemberRemoved));

    /// <inheritdoc/>
    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
}
