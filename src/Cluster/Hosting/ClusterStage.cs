using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Placement;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <summary>Raises the actors of a network on the nodes of a cluster; the coordinator lives here.</summary>
internal sealed class ClusterStage(ClusterOptions options) : IStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FormWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly LocalNodes _local = new();
    private readonly Dictionary<int, IActorRef> _keepers = [];
    private Node? _node;
    private int _partBytes;

    /// <inheritdoc/>
    public TimeSpan Transit { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<Roster> OpenAsync(Cast cast)
    {
        _node = Node.Start(options.Node, source: null);
        await _node.JoinAsync(CancellationToken.None);
        for (int i = 0; options.LocalNode is not null && i < options.Nodes; i++)
            _local.Start(options.LocalNode(_node.Place));
        Address[] workers = await WorkersAsync(_node);
        PlacementPlan plan = PlacementDirector.Plan(
            cast.Network, [.. workers.Select(Name)], options.Placement, options.Node.Values);
        await CheckFramesAsync(_node, cast, workers);
        options.Placed(plan);
        IActorRef[] slices = await HostAsync(_node, cast, plan, workers);
        IActorRef director = _node.System.ActorOf(Props.Create(() => new DirectorActor(cast, slices)), "network");
        Roster roster = await director.Ask<Roster>(new AskRoster(), Patience);
        var list = new CastList(
            [.. slices.Select(slice => slice.Path.ToSerializationFormat())],
            PathOf(_node, roster.Coordinator),
            PathOf(_node, director));
        await Task.WhenAll(_keepers.Values.Distinct().Select(keeper => keeper.Ask<CastKnown>(list, Patience)));
        return roster;
    }

    /// <inheritdoc/>
    public async Task<byte[]> StateOfAsync(int slice)
    {
        byte[] state = [];
        int offset = 0;
        do
        {
            StatePart part = await _keepers[slice].Ask<StatePart>(new AskStatePart(slice, offset, _partBytes), Patience);
            if (offset == 0)
                state = new byte[part.Total];
            part.Bytes.CopyTo(state.AsMemory(offset));
            offset += part.Bytes.Length;
        }
        while (offset < state.Length);
        return state;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The nodes first: they leave in order while there is somebody to tell.
        await _local.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
    }

    private static string Name(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    private static string PathOf(Node node, IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(node.Membership.SelfAddress);

    private static ActorSelection Door(Node node, Address worker) =>
        node.System.ActorSelection(new RootActorPath(worker) / "user" / NodeActor.Name);

    private async Task<Address[]> WorkersAsync(Node node)
    {
        using var patience = new CancellationTokenSource(FormWithin);
        while (true)
        {
            Address[] up =
            [
                .. node.Membership.State.Members
                    .Where(member => member.Status == MemberStatus.Up && member.HasRole(NodeSettings.Worker))
                    .Select(member => member.Address)
                    .OrderBy(Name, StringComparer.Ordinal),
            ];
            if (up.Length >= options.Nodes)
                return up;
            if (patience.IsCancellationRequested || _local.AnyEnded)
                throw new NodeException($"{up.Length} of {options.Nodes} nodes are up\n{_local.Log}");
            await Task.Delay(Glance, CancellationToken.None);
        }
    }

    private async Task CheckFramesAsync(Node node, Cast cast, Address[] workers)
    {
        NodeHello[] hellos = await Task.WhenAll(
            workers.Select(worker => Door(node, worker).Ask<NodeHello>(new AskNode(), Patience)));
        if (Array.Find(hellos, hello => hello.Protocol != NodeActor.Protocol) is { } other)
            throw new NodeException($"a node speaks protocol {other.Protocol}, this program {NodeActor.Protocol}");
        int frame = Math.Min(options.Node.FrameBytes, hellos.Min(hello => hello.FrameBytes));
        FrameSize.ThrowIfTooSmall(cast.Network, Encoding.UTF8.GetByteCount(options.Experiment), frame);
        _partBytes = frame - FrameSize.Envelope;
    }

    private async Task<IActorRef[]> HostAsync(Node node, Cast cast, PlacementPlan plan, Address[] workers)
    {
        var slices = new IActorRef[cast.Network.Slices.Count];
        IActorRefProvider provider = ((ExtendedActorSystem)node.System).Provider;
        string run = node.Membership.SelfUniqueAddress.ToString();
        await Task.WhenAll(Enumerable.Range(0, workers.Length).Select(async number =>
        {
            IReadOnlyList<int> indices = plan.SlicesOn(number);
            if (indices.Count == 0)
                return;
            var order = new HostSlices(run, options.Experiment, options.Classes, indices);
            object answer = await Door(node, workers[number]).Ask<object>(order, Patience);
            if (answer is not Hosted hosted || hosted.Paths.Count != indices.Count)
                throw new NodeException($"node {Name(workers[number])} hosts nothing: {(answer as HostRefused)?.Reason ?? "an unknown answer"}");
            lock (_keepers)
            {
                for (int i = 0; i < indices.Count; i++)
                {
                    slices[indices[i]] = provider.ResolveActorRef(hosted.Paths[i]);
                    _keepers[indices[i]] = provider.ResolveActorRef(hosted.Keeper);
                }
            }
        }));
        return slices;
    }
}
