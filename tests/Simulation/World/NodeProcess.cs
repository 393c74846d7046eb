using Nudge.Actors;
using Nudge.Messages;
using Nudge.Store;
using Nudge.Supervision;

namespace Nudge.Simulation.World;

/// <summary>A node: the real state machines of endpoint, managers and journals, with simulated slices.</summary>
internal sealed class NodeProcess : Process
{
    private static readonly TimeSpan StepEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(50);
    private readonly NodeRuns _runs;
    private readonly Dictionary<string, Kept> _managers = [];
    private int _made;
    private int _opened;

    internal NodeProcess(World world, string address, SimulatedStore? store)
        : base(world, address)
    {
        Store = store;
        Number = world.NextProcess();
        _runs = new(Number, store is not null);
    }

    internal SimulatedStore? Store { get; }

    /// <summary>Tells it from others under its address.</summary>
    internal int Number { get; }

    internal bool Leaving { get; private set; }

    /// <summary>Whether it has given up all slices, after which it leaves the cluster.</summary>
    internal bool Left { get; private set; }

    internal bool Hosts => _managers.Count > 0;

    internal IEnumerable<(int Epoch, SliceDirectory? Directory)> Directories =>
        _managers.Values.Where(kept => kept.Slices.Count > 0).Select(kept => (kept.Epoch, kept.Manager.Directory));

    internal IEnumerable<(int Epoch, SimulatedSlice Slice)> Slices =>
        _managers.Values.SelectMany(kept => kept.Slices.Values.Select(slice => (kept.Epoch, slice)));

    /// <summary>One manager with what it has made.</summary>
    private sealed class Kept(SliceManager manager, int epoch, string supervisor)
    {
        internal SliceManager Manager { get; } = manager;

        internal int Epoch { get; } = epoch;

        internal string Supervisor { get; } = supervisor;

        internal bool Dead { get; set; }

        internal Dictionary<Assignment, SimulatedSlice> Slices { get; } = [];

        internal Dictionary<Assignment, OpenJournal> Journals { get; } = [];
    }

    private sealed class OpenJournal(SliceJournal journal, string id)
    {
        internal SliceJournal Journal { get; } = journal;

        internal string Id { get; } = id;

        internal long Last { get; set; }

        internal bool Closed { get; set; }

        internal long Writing { get; set; }

        internal ReadOnlyMemory<byte> LastPut { get; set; }
    }

    // An actor receives in order what one other actor has sent it.
    private void ToSlice(SimulatedSlice slice, Action arrives)
    {
        TimeSpan at = World.Time.Now + World.Draws.Seconds(0, 0.005);
        slice.ToldAt = at > slice.ToldAt ? at : slice.ToldAt;
        In(slice.ToldAt - World.Time.Now, arrives);
    }

    internal void Take(string from, object message)
    {
        switch (message)
        {
            case AllotEpoch allot:
                Allot(from, allot);
                break;
            case HostingOrders orders:
                Do(new NodeEvent.Ordered(orders));
                break;
            case SliceDirectory directory:
                Do(new NodeEvent.Directed(directory));
                break;
            default:
                break;
        }
    }

    internal void Leave()
    {
        Leaving = true;
        World.Trace($"{Address} is about to leave");
        Do(new NodeEvent.Leave());
        In(LeaveWithin, () => World.Checks.MustHaveLeft(this));
    }

    internal void LoseCoordinator(string address)
    {
        foreach (Kept kept in _managers.Values.Where(kept => kept.Supervisor.StartsWith(address, StringComparison.Ordinal)).ToArray())
            Do(kept, new ManagerEvent.SupervisorLost());
    }

    internal override void LearnRemoved() => Kill();

    /// <summary>The actor of a slice fails and is restarted.</summary>
    internal void FailSlice(Draws draws)
    {
        Kept? kept = _managers.Values.FirstOrDefault(kept => kept.Slices.Count > 0);
        if (kept is null)
            return;
        SimulatedSlice slice = draws.Of(kept.Slices.Values.OrderBy(slice => slice.Of.Slice).ToArray());
        World.Trace($"{Address}: slice {slice.Of} fails and is restarted");
        slice.Restart();
        Do(kept, new ManagerEvent.Failed(slice.Of, "a planted fault", Fatal: false));
        Do(kept, new ManagerEvent.FromSlice(slice.Of, new AskNeighbours(slice.Of.Slice)));
    }

    /// <summary>The actor of a manager fails, and its children end with it.</summary>
    internal void FailManager()
    {
        if (_managers.Values.FirstOrDefault() is { } kept)
            EndManager(kept);
    }

    private void EndManager(Kept kept)
    {
        kept.Dead = true;
        foreach (SimulatedSlice slice in kept.Slices.Values)
            slice.Stopped = true;
        foreach (OpenJournal journal in kept.Journals.Values)
            journal.Closed = true;
        string run = _managers.First(pair => ReferenceEquals(pair.Value, kept)).Key;
        _managers.Remove(run);
        World.Trace($"{Address}: the manager of {run} ends");
        In(TimeSpan.FromMilliseconds(1), () => Do(new NodeEvent.ManagerEnded(run)));
    }

    private void Allot(string from, AllotEpoch allot)
    {
        string run = allot.Run;
        if (Store is null)
        {
            World.Network.Send(Address, from, process => (process as CoordinatorProcess)?.Take(Address, new EpochAllotted(run, 1)));
            return;
        }

        Open(new SliceJournal(new(-1, 0, 0, allot.Token, allot.Before)), SliceJournal.IdOf(run, -1), message =>
        {
            if (message is SliceFenced refused)
                World.Network.Send(Address, from, process => (process as CoordinatorProcess)?.Take(Address, new OrdersRefused(run, 0, 0, refused.Reason)));
            if (message is SliceRestored allotted)
                World.Network.Send(Address, from, process => (process as CoordinatorProcess)?.Take(Address, new EpochAllotted(run, allotted.Incarnation)));
        });
    }

    private void Do(NodeEvent what)
    {
        if (World.Bug.Node(this, what) is not { } planted)
            return;
        foreach (NodeEffect effect in _runs.On(planted).ToArray())
        {
            switch (effect)
            {
                case NodeEffect.ReadEpoch read:
                    ReadEpoch(read.Run);
                    break;
                case NodeEffect.Make make:
                    Make(make.Orders);
                    break;
                case NodeEffect.ToManager to when _managers.TryGetValue(to.Run, out Kept? kept):
                    Do(kept, to.Event);
                    break;
                case NodeEffect.Reply reply:
                    Send(reply.Supervisor, reply.Message);
                    break;
                case NodeEffect.Left when !Left:
                    Left = true;
                    World.Membership.LeaveInOrder(this);
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadEpoch(string run) => Store!.Read(
        SliceJournal.IdOf(run, -1),
        (rows, _) => Do(() =>
        {
            var newest = (rows.Count == 0 ? null : rows[^1])?.Event as IncarnationAllotted;
            Do(new NodeEvent.EpochRead(run, newest?.Incarnation ?? 0, newest?.Token ?? 0));
        }),
        () => Do(() => Do(new NodeEvent.EpochRead(run, null, 0))));

    private void Make(HostingOrders orders)
    {
        string path = $"{Address}/run-{++_made}";
        var settings = new SliceManagerSettings(
            orders.Run,
            orders.Epoch,
            path,
            [.. Enumerable.Repeat(1_000L, World.Slices)],
            _ => 1,
            Store is null ? null : TimeSpan.FromSeconds(2),
            World.AsksForFirstStates);
        var kept = new Kept(new(settings, World.Time.Now), orders.Epoch, orders.RunSupervisor);
        _managers[orders.Run] = kept;
        World.Trace($"{Address}: a manager of {orders.Run} for coordinator {orders.Epoch}");
        Do(kept, new ManagerEvent.Ordered(orders));
        Tick(kept);
    }

    private void Tick(Kept kept) => In(SliceManager.TickEvery, () =>
    {
        if (kept.Dead)
            return;
        Do(kept, new ManagerEvent.Tick());
        Tick(kept);
    });

    private void Do(Kept kept, ManagerEvent what)
    {
        if (kept.Dead || World.Bug.ManagerIn(kept, what, World.Time.Now) is not { } planted)
            return;
        foreach (ManagerEffect effect in kept.Manager.On(planted, World.Time.Now).ToArray())
        {
            if (Alive && World.Bug.ManagerOut(kept, effect) is { } done)
                Do(kept, done);
        }
    }

    private void Do(Kept kept, ManagerEffect effect)
    {
        switch (effect)
        {
            case ManagerEffect.ToSupervisor to:
                Send(kept.Supervisor, to.Message);
                break;
            case ManagerEffect.OpenStore open:
                OpenStore(kept, open);
                break;
            case ManagerEffect.AskFirstState ask:
                // Asked for again until it has come: sooner or later, unless one of the two processes ends.
                In(World.Draws.Seconds(0, 3), () => Do(kept, new ManagerEvent.FirstStateReceived(
                    ask.Of, ask.Empty with { State = SimulatedSlice.StateOf(0) })));
                break;
            case ManagerEffect.Keep keep when kept.Journals.TryGetValue(keep.Of, out OpenJournal? open) && !open.Closed:
                if (World.Bug.SavesTooSoon)
                    In(TimeSpan.Zero, () => Do(kept, new ManagerEvent.FromStore(keep.Of, Saved(keep.Of.Slice, keep.State))));
                Do(kept, keep.Of, open, open.Journal.Keep(keep.State, open.Last));
                break;
            case ManagerEffect.Start start:
                Start(kept, start);
                break;
            case ManagerEffect.ToSlice to when kept.Slices.TryGetValue(to.Of, out SimulatedSlice? slice):
                ToSlice(slice, () => Tell(kept, slice, to.Message));
                break;
            case ManagerEffect.Connect connect when kept.Slices.TryGetValue(connect.Of, out SimulatedSlice? slice):
                ToSlice(slice, () => slice.Connected = true);
                break;
            case ManagerEffect.Stop stop:
                if (kept.Slices.Remove(stop.Of, out SimulatedSlice? stopped))
                    stopped.Stopped = true;
                if (kept.Journals.Remove(stop.Of, out OpenJournal? closed))
                    closed.Closed = true;
                break;
            case ManagerEffect.End:
                EndManager(kept);
                break;
            default:
                break;
        }
    }

    private void Tell(Kept kept, SimulatedSlice slice, object message)
    {
        if (!slice.Stopped && message is AskEnd)
            World.Checks.HandedOver(slice.Of);
        if (!slice.Stopped && slice.Take(message) is { } answer)
            Do(kept, new ManagerEvent.FromSlice(slice.Of, answer));
    }

    private void Start(Kept kept, ManagerEffect.Start start)
    {
        Assignment of = start.Of;
        if (of.Slice == World.PoisonSlice)
        {
            World.Trace($"{Address}: the state of slice {of} ends the process");
            World.PoisonKills++;
            World.Membership.Restart(this);
            return;
        }

        if (of.Slice == World.BrokenSlice)
        {
            In(TimeSpan.FromMilliseconds(1), () => Do(kept, new ManagerEvent.NotStarted(of, "its snapshot 3 cannot be read")));
            return;
        }

        long updates = SimulatedSlice.UpdatesOf(start.Restored.State);
        World.Checks.Restored(this, of, start.Restored.Incarnation, updates);
        var slice = new SimulatedSlice(of, start.Restored.Incarnation, updates);
        kept.Slices[of] = slice;
        World.Trace($"{Address}: slice {of} starts as incarnation {slice.Incarnation} with {updates} updates");
        Step(kept, slice);
    }

    private void Step(Kept kept, SimulatedSlice slice) => In(StepEvery, () =>
    {
        if (slice.Stopped || kept.Dead)
            return;
        if (slice.MaySteps)
        {
            slice.Step();
            World.Checks.Stepped(this, slice, kept.Epoch);
        }

        Step(kept, slice);
    });

    private void OpenStore(Kept kept, ManagerEffect.OpenStore open)
    {
        if (kept.Journals.TryGetValue(open.Of, out OpenJournal? before))
            before.Closed = true;
        var opening = new JournalOpening(open.Of.Slice, open.Continued, World.Bug.IgnoresEpochInJournals ? int.MaxValue : kept.Epoch)
        {
            HasFiles = World.HasFiles,
            Opened = ++_opened,
        };
        string id = SliceJournal.IdOf(World.RunName, open.Of.Slice);
        kept.Journals[open.Of] = Open(new SliceJournal(opening), id, message =>
        {
            if (message is SliceKept)
                message = Saved(open.Of.Slice, World.HasFiles ? kept.Journals[open.Of].LastPut : LastState(id));
            Do(kept, new ManagerEvent.FromStore(open.Of, message));
        });
    }

    private SliceKept Saved(int slice, ReadOnlyMemory<byte> state)
    {
        World.Checks.Kept(this, slice, SimulatedSlice.UpdatesOf(state));
        return new(slice, 0);
    }

    private ReadOnlyMemory<byte> LastState(string id) => Store!.Journals.First(journal => journal.Id == id).Rows
        .Select(row => row.Event).OfType<StateChunk>().Last().Bytes;

    private OpenJournal Open(SliceJournal journal, string id, Action<object> send)
    {
        var open = new OpenJournal(journal, id);
        Store!.Read(
            id,
            (rows, last) => Do(() =>
            {
                if (open.Closed)
                    return;
                foreach (SimulatedStore.Row row in rows)
                    journal.Recover(row.Event);
                open.Last = last;
                Do(open, journal.Recovered(last), send);
            }),
            () => Do(() => Fail(open, conflict: false, send)));
        _sends[open] = send;
        return open;
    }

    private void DoUnlessClosed(OpenJournal open, Func<IReadOnlyList<JournalEffect>> what, Action<object> send)
    {
        if (!open.Closed)
            Do(open, what(), send);
    }

    private readonly Dictionary<OpenJournal, Action<object>> _sends = [];

    private void Fail(OpenJournal open, bool conflict, Action<object> send)
    {
        if (open.Closed)
            return;
        object reason = conflict ? new SliceFenced(0, StoreFailure.TakenOver) : new StoreFailed(0, "the store failed: it is away");
        Do(open, open.Journal.Failed(reason), send);
    }

    private void Do(Kept kept, Assignment of, OpenJournal open, IReadOnlyList<JournalEffect> effects) => Do(open, effects, _sends[open]);

    private void Do(OpenJournal open, IReadOnlyList<JournalEffect> effects, Action<object> send)
    {
        foreach (JournalEffect effect in effects.ToArray())
        {
            switch (effect)
            {
                case JournalEffect.Write write:
                    long place = open.Last + 1;
                    Store!.Write(
                        open.Id,
                        place,
                        write.Event,
                        () => Do(() =>
                        {
                            if (open.Closed)
                                return;
                            open.Last = place;
                            Do(open, open.Journal.Written(write.Event, place), send);
                        }),
                        conflict => Do(() => Fail(open, conflict, send)));
                    break;
                case JournalEffect.Put put:
                    open.LastPut = put.Part.Bytes;
                    Store!.Put(
                        open.Id,
                        put.Place,
                        put.Part,
                        () => Do(() => DoUnlessClosed(open, () => open.Journal.PartPut(), send)),
                        () => Do(() => Fail(open, conflict: false, send)));
                    break;
                case JournalEffect.Get get:
                    Store!.Get(
                        open.Id,
                        get.Snapshot,
                        parts => Do(() => DoUnlessClosed(open, () => open.Journal.PartsRead(parts, open.Last), send)),
                        () => Do(() => Fail(open, conflict: false, send)));
                    break;
                case JournalEffect.Prune prune:
                    Store!.Prune(open.Id, prune.Place);
                    break;
                case JournalEffect.Send message:
                    send(message.Message);
                    break;
                case JournalEffect.Delete delete:
                    Store!.Delete(open.Id, delete.UpTo);
                    break;
                case JournalEffect.Stop:
                    open.Closed = true;
                    break;
                default:
                    break;
            }
        }
    }

    private void Send(string supervisor, object message)
    {
        string to = supervisor[..supervisor.IndexOf('/', StringComparison.Ordinal)];
        World.Network.Send(Address, to, process => (process as CoordinatorProcess)?.Take(Address, message));
    }
}
