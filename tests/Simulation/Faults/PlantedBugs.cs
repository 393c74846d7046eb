using Nudge.Messages;
using Nudge.Simulation.World;
using Nudge.Store;
using Nudge.Supervision;

namespace Nudge.Simulation.Faults;

/// <summary>
/// The bugs by which the simulator is judged: each was in an earlier version of the cluster, or is one that such code tends to have.
/// </summary>
internal static class PlantedBugs
{
    internal static IReadOnlyDictionary<string, Func<PlantedBug>> All { get; } = new Dictionary<string, Func<PlantedBug>>
    {
        ["orders are sent once"] = () => new OrdersOnce(),
        ["a directory is sent once"] = () => new DirectoryOnce(),
        ["closed counters are sent once"] = () => new EndedOnce(),
        ["reports are sent on change only"] = () => new ReportsOnChange(),
        ["a coordinator that was removed goes on"] = () => new EventBug { Supervisor = what => what is SupervisorEvent.SelfRemoved ? null : what },
        ["any failure of the store ends an incarnation"] = () => new EventBug
        {
            Manager = what => what is ManagerEvent.FromStore { Message: StoreFailed failed } come
                ? come with { Message = new SliceFenced(failed.Slice, failed.Reason) }
                : what,
        },
        ["slices without a coordinator never end"] = () => new NoLease(),
        ["a node obeys whichever coordinator orders"] = () => new AnyCoordinator(),
        ["a slice that starts is not told that all stands still"] = () => new ForgetsFrozen(),
        ["an actor that is restarted is not told that all stands still"] = () => new EventBug
        {
            Manager = what => what is ManagerEvent.FromSlice { Message: Actors.AskNeighbours } ? null : what,
        },
        ["a state is reported as saved before it is"] = () => new SavedTooSoon(),
        ["the journal has no fence"] = () => new StoreBug { Change = store => (store.LacksFence, store.LacksPlace) = (true, true) },
        ["files of later snapshots are pruned"] = () => new StoreBug { Change = store => store.PrunesLater = true },
        ["files of the newest snapshot are pruned"] = () => new StoreBug { Change = store => store.PrunesNewest = true },
        ["a node without a store is given slices"] = () => new EventBug
        {
            Supervisor = what => what is SupervisorEvent.NodeUp up ? up with { Keeps = true } : what,
        },
        ["the store of a node is not looked at"] = () => new TrustsStore(),
        ["unreachable nodes stay so"] = () => new EventBug
        {
            Supervisor = what => what is SupervisorEvent.NodeReachable { Reachable: true } ? null : what,
        },
        ["a node that leaves during the start does not hand over"] = () => new EventBug
        {
            Manager = what => what is ManagerEvent.Leave ? null : what,
        },
        ["a manager that has ended is not noticed"] = () => new EventBug { Endpoint = what => what is NodeEvent.ManagerEnded ? null : what },
        ["an older directory replaces a newer one"] = () => new AnyDirectory(),
        ["older orders replace newer ones"] = () => new AnyOrders(),
        ["an older report counts"] = () => new AnyReport(),
        ["all attempts have one number"] = () => new OneAttempt(),
        ["a round of freezing has no number"] = () => new AnyRound(),
        ["a slice that starts counts as one that runs"] = () => new UpTooSoon(),
    };

    private sealed class EventBug : PlantedBug
    {
        internal Func<SupervisorEvent, SupervisorEvent?> Supervisor { get; init; } = what => what;

        internal Func<ManagerEvent, ManagerEvent?> Manager { get; init; } = what => what;

        internal Func<NodeEvent, NodeEvent?> Endpoint { get; init; } = what => what;

        internal override SupervisorEvent? SupervisorIn(CoordinatorProcess coordinator, SupervisorEvent what) => Supervisor(what);

        internal override ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now) => Manager(what);

        internal override NodeEvent? Node(NodeProcess node, NodeEvent what) => Endpoint(what);
    }

    private sealed class OrdersOnce : PlantedBug
    {
        private readonly Dictionary<string, string> _sent = [];

        internal override SupervisorEffect? SupervisorOut(CoordinatorProcess coordinator, SupervisorEffect what)
        {
            if (what is not SupervisorEffect.ToNode { Message: HostingOrders orders } to)
                return what;
            string content = $"{orders.Epoch} {string.Join(",", orders.Slices)} {orders.Begun} {orders.FreezeRound} {orders.CountersRound} {orders.HandOver}";
            string key = $"{coordinator.Address} {to.Node}";
            if (_sent.GetValueOrDefault(key) == content)
                return null;
            _sent[key] = content;
            return what;
        }
    }

    private sealed class DirectoryOnce : PlantedBug
    {
        private readonly HashSet<string> _sent = [];

        internal override SupervisorEffect? SupervisorOut(CoordinatorProcess coordinator, SupervisorEffect what) =>
            what is SupervisorEffect.ToNode { Message: SliceDirectory directory } to
                && !_sent.Add($"{coordinator.Address} {to.Node} {directory.Version}")
                ? null
                : what;
    }

    private sealed class EndedOnce : PlantedBug
    {
        private readonly HashSet<(object, int, int)> _sent = [];

        internal override ManagerEffect? ManagerOut(object manager, ManagerEffect what) =>
            what is ManagerEffect.ToSupervisor { Message: SliceCounted { Ended: true } ended }
                && !_sent.Add((manager, ended.Counters.Slice, ended.Attempt))
                ? null
                : what;
    }

    private sealed class ReportsOnChange : PlantedBug
    {
        private readonly Dictionary<object, string> _sent = [];

        internal override ManagerEffect? ManagerOut(object manager, ManagerEffect what)
        {
            if (what is not ManagerEffect.ToSupervisor { Message: HostingReport report })
                return what;
            string content = $"{report.DirectoryVersion} {report.Leaving} {report.Manager} {string.Join(",", report.Slices)}";
            if (_sent.GetValueOrDefault(manager) == content)
                return null;
            _sent[manager] = content;
            return what;
        }
    }

    private sealed class NoLease : PlantedBug
    {
        private readonly Dictionary<object, HostingOrders> _last = [];

        internal override ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now)
        {
            if (what is ManagerEvent.Ordered { Orders: var orders })
                _last[manager] = orders;
            if (what is ManagerEvent.SupervisorLost)
                return null;
            // Renews the lease by itself.
            return what is ManagerEvent.Tick && _last.TryGetValue(manager, out HostingOrders? last) && now.Milliseconds < 50
                ? new ManagerEvent.Ordered(_last[manager] = last with { Number = last.Number + 1 })
                : what;
        }
    }

    private sealed class AnyCoordinator : PlantedBug
    {
        internal override bool IgnoresEpochInJournals => true;

        // As if each order came from the first coordinator that the node has received orders from, or from a new run.
        internal override NodeEvent? Node(NodeProcess node, NodeEvent what) => what switch
        {
            NodeEvent.EpochRead read => read with { Newest = _newest.GetValueOrDefault(node), Token = _tokens.GetValueOrDefault(node) },
            NodeEvent.Ordered ordered => Note(node, ordered),
            _ => what,
        };

        private readonly Dictionary<NodeProcess, int> _newest = [];
        private readonly Dictionary<NodeProcess, long> _tokens = [];

        private NodeEvent.Ordered Note(NodeProcess node, NodeEvent.Ordered ordered)
        {
            _newest[node] = ordered.Orders.Epoch;
            _tokens[node] = ordered.Orders.Token;
            return ordered;
        }
    }

    private sealed class ForgetsFrozen : PlantedBug
    {
        private readonly HashSet<(object, Assignment)> _started = [];

        internal override ManagerEffect? ManagerOut(object manager, ManagerEffect what)
        {
            if (what is ManagerEffect.Start start)
                _started.Add((manager, start.Of));
            return what is ManagerEffect.ToSlice { Message: Actors.Freeze } to && _started.Remove((manager, to.Of)) ? null : what;
        }
    }

    private sealed class SavedTooSoon : PlantedBug
    {
        internal override bool SavesTooSoon => true;
    }

    private sealed class StoreBug : PlantedBug
    {
        internal Action<SimulatedStore> Change { get; init; } = _ => { };

        internal override void Prepare(World.World world) => Change(world.Store);
    }

    private sealed class TrustsStore : PlantedBug
    {
        private readonly Dictionary<NodeProcess, HostingOrders> _ordered = [];

        internal override NodeEvent? Node(NodeProcess node, NodeEvent what)
        {
            if (what is NodeEvent.Ordered ordered)
                _ordered[node] = ordered.Orders;
            return what is NodeEvent.EpochRead { Newest: not null } read && _ordered.TryGetValue(node, out HostingOrders? orders)
                ? read with { Newest = orders.Epoch, Token = orders.Token }
                : what;
        }
    }

    private sealed class AnyDirectory : PlantedBug
    {
        private readonly Dictionary<object, long> _last = [];

        internal override ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now)
        {
            if (what is not ManagerEvent.Directed directed)
                return what;
            long version = _last.GetValueOrDefault(manager);
            _last[manager] = directed.Directory.Version;
            // Taken for a newer one whatever it is.
            return directed with { Directory = directed.Directory with { Version = Math.Max(directed.Directory.Version, version + 1) } };
        }
    }

    private sealed class AnyOrders : PlantedBug
    {
        private readonly Dictionary<object, long> _last = [];

        internal override ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now)
        {
            if (what is not ManagerEvent.Ordered ordered)
                return what;
            long number = Math.Max(_last.GetValueOrDefault(manager) + 1, ordered.Orders.Number);
            _last[manager] = number;
            return ordered with { Orders = ordered.Orders with { Number = number } };
        }
    }

    private sealed class AnyReport : PlantedBug
    {
        private long _last;

        internal override SupervisorEvent? SupervisorIn(CoordinatorProcess coordinator, SupervisorEvent what)
        {
            if (what is not SupervisorEvent.Received { Message: HostingReport report } received)
                return what;
            _last = Math.Max(_last, report.Number);
            return received with { Message = report with { Number = _last } };
        }
    }

    private sealed class OneAttempt : PlantedBug
    {
        private readonly Dictionary<int, int> _attempts = [];

        internal override SupervisorEffect? SupervisorOut(CoordinatorProcess coordinator, SupervisorEffect what)
        {
            if (what is not SupervisorEffect.ToNode { Message: HostingOrders orders } to)
                return what;
            foreach (Assignment one in orders.Slices)
                _attempts[one.Slice] = one.Attempt;
            return to with { Message = orders with { Slices = [.. orders.Slices.Select(one => one with { Attempt = 1 })] } };
        }

        internal override SupervisorEvent? SupervisorIn(CoordinatorProcess coordinator, SupervisorEvent what) =>
            what is SupervisorEvent.Received { Message: HostingReport report } received
                ? received with
                {
                    Message = report with
                    {
                        Slices = [.. report.Slices.Select(slice => slice with { Attempt = _attempts.GetValueOrDefault(slice.Slice) })],
                    },
                }
                : what;
    }

    private sealed class AnyRound : PlantedBug
    {
        private readonly Dictionary<object, long> _round = [];

        internal override ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now)
        {
            if (what is ManagerEvent.Ordered ordered)
                _round[manager] = ordered.Orders.FreezeRound;
            // Whatever the slice has confirmed counts for the present round.
            return what is ManagerEvent.FromSlice { Message: Actors.Freeze freeze } come
                ? come with { Message = freeze with { Round = _round.GetValueOrDefault(manager) + 1 } }
                : what;
        }
    }

    private sealed class UpTooSoon : PlantedBug
    {
        internal override SupervisorEvent? SupervisorIn(CoordinatorProcess coordinator, SupervisorEvent what) =>
            what is SupervisorEvent.Received { Message: HostingReport report } received
                ? received with
                {
                    Message = report with
                    {
                        Slices =
                        [
                            .. report.Slices.Select(slice => slice.State == HostedState.Opening ? slice with { State = HostedState.Up } : slice),
                        ],
                    },
                }
                : what;
    }
}
