using System.Text;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Placement;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <summary>Raises the actors of a network on the nodes of a cluster; the coordinator lives here.</summary>
internal sealed class ClusterStage(ClusterOptions options) : IStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly LocalNodes _local = new();
    private readonly Dictionary<int, IActorRef> _keepers = [];
    private Node? _node;
    private int _partBytes;

    /// <inheritdoc/>
    public TimeSpan Transit { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<Roster> OpenAsync(Cast cast)
    {
        ThrowIfRefusable(cast);
        _node = Node.Start(options.Node, source: null);
        await _node.JoinAsync(CancellationToken.None);
        for (int i = 0; options.LocalNode is not null && i < options.Nodes; i++)
            _local.Start(options.LocalNode(_node.Place));
        Address[] workers = await Workers.UpAsync(_node, options.Nodes, _local);
        int frame = Math.Min(options.Node.FrameBytes, await Workers.SmallestFrameAsync(_node, workers));
        ThrowIfTooSmall(cast, frame);
        _partBytes = frame - FrameSize.Envelope;
        PlacementPlan plan = PlacementDirector.Plan(
            cast.Network, [.. workers.Select(Workers.Name)], options.Placement, options.Node.Values);
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
            if (part.Bytes.Length == 0 || offset + part.Bytes.Length > state.Length)
                throw new NodeException($"a node sent a part of a state that does not fit: slice {slice}");
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

    private static string PathOf(Node node, IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(node.Membership.SelfAddress);

    private void ThrowIfTooSmall(Cast cast, int frame) =>
        FrameSize.ThrowIfTooSmall(cast.Network, Encoding.UTF8.GetByteCount(options.Experiment), frame);

    /// <summary>What can be refused without any node is refused before one is started.</summary>
    private void ThrowIfRefusable(Cast cast)
    {
        ThrowIfTooSmall(cast, options.Node.FrameBytes);
        if (options.LocalNode is not null)
            options.Placement.Place(cast.Network, options.Nodes);
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
            Hosted hosted = await Workers.HostAsync(node, workers[number], order);
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
