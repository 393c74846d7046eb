using Nudge.Security;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <summary>How one process takes part in a cluster.</summary>
public sealed record NodeSettings
{
    /// <summary>The role of nodes that host slices.</summary>
    public const string Worker = NodeRoles.Worker;

    /// <summary>The role that nodes with a store have beside their own: only they can take over a slice of a run that is saved.</summary>
    public const string StoreRole = NodeRoles.Store;

    /// <summary>The role of the process that conducts a run.</summary>
    public const string Coordinator = NodeRoles.Coordinator;

    /// <summary>Bytes that one message may have, unless set otherwise.</summary>
    public const int DefaultFrameBytes = 4 << 20;

    /// <summary>The name or address by which others find it: the machine itself, unless set otherwise.</summary>
    public string Host { get; init => field = HostPort.NameOf(value); } = "127.0.0.1";

    /// <summary>The address it binds to where that is another one than <see cref="Host"/>, as in a container.</summary>
    public string? Bind { get; init; }

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Nodes to join; none begins a cluster of its own.</summary>
    public IReadOnlyList<HostPort> Seeds { get; init; } = [];

    /// <summary>What it is there for.</summary>
    public string Role { get; init; } = Worker;

    /// <summary>The longest message that it takes.</summary>
    public int FrameBytes { get; init; } = DefaultFrameBytes;

    /// <summary>How it writes values; it reads all formats.</summary>
    public ValueFormat Values { get; init; } = ValueFormat.Exact;

    /// <summary>How long it tries to join.</summary>
    public TimeSpan JoinWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By what nodes know each other, or null for a cluster that any process may join.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>The port on which the data connections of other nodes arrive; 0 for any that is free.</summary>
    public int DataPort { get; init; }

    /// <summary>The port on which it reports its health; 0 for none.</summary>
    public int HealthPort { get; init; }

    /// <summary>Where its slices save themselves; null keeps nothing, and a slice whose node is lost ends its run.</summary>
    public StoreSettings? Store { get; init; }

    /// <summary>How often each slice saves itself.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What it does for others at most.</summary>
    public NodeBudget Budget { get; init; } = new();

    /// <summary>Whether it shows what Akka writes of itself.</summary>
    public bool Verbose { get; init; }

    /// <summary>The address it binds to.</summary>
    public string BoundTo => HostPort.WithoutBrackets(Bind ?? Host);

    /// <summary>Role and place only: the rest may hold secrets.</summary>
    public override string ToString() => $"{Role} {Host}:{Port}";
}
