using Nudge.Actors;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Simulation.Pacing;

/// <summary>
/// Who hosts which slice, in the place of <c>RunSupervisor</c> and <c>SliceManager</c>, which have a simulation of their own: it tells
/// coordinator and slices what those tell them, in every order that they may come in.
/// </summary>
internal sealed partial class PacingSupervision
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(0.5);
    private readonly PacingWorld _world;
    private readonly SimulatedSlice?[] _directory;
    private readonly byte[]?[] _saved;
    private readonly int[] _incarnations;
    private readonly HashSet<int> _flapping = [];
    private readonly Dictionary<LoopProcess, SimulatedManager> _managers = [];
    private HashSet<int> _unreachable = [];
    private long _version;
    private long _orders;
    private bool _begun;

    internal PacingSupervision(PacingWorld world)
    {
        _world = world;
        int count = Plan.Slices.Count;
        _directory = new SimulatedSlice?[count];
        _saved = new byte[]?[count];
        _incarnations = new int[count];
    }

    internal bool IsLocal => _world.Scenario.Workers == 0;

    /// <summary>The slices that are up, by number.</summary>
    internal IReadOnlyList<SimulatedSlice?> Directory => _directory;

    internal bool AllUp => Array.TrueForAll(_directory, slice => slice is not null);

    /// <summary>
    /// Whether each slice that is up has a source that is, or a target where it has no source. Others do not step, and the run waits for those
    /// that are away.
    /// </summary>
    internal bool CanGoOn => _directory.OfType<SimulatedSlice>().All(slice =>
    {
        int[] sources = [.. Plan.LinksTo(slice.Plan).Select(link => link.Source.Index)];
        int[] needed = sources.Length > 0 ? sources : [.. Plan.LinksFrom(slice.Plan).Select(link => link.Target.Index)];
        return needed.Any(other => _directory[other] is not null);
    });

    /// <summary>Counters of incarnations that ended in order.</summary>
    internal List<SliceCounters> Closed { get; } = [];

    private NetworkPlan Plan => _world.Network.Plan;

    private LoopProcess[] Hosts => [.. _world.Processes.Where(process => process.Alive && (IsLocal || process != _world.Home))];

    /// <summary>Starts all slices, and then the coordinator.</summary>
    internal void Begin()
    {
        LoopProcess[] hosts = Hosts;
        foreach (SlicePlan plan in Plan.Slices)
        {
            var host = new SliceHost(Plan, plan, _world.Network.Settings.Lag);
            LoopProcess process = _world.Draws.Of(hosts);
            var slice = new SimulatedSlice(_world, process, host, fromStart: true);
            process.Slices.Add(slice);
            _directory[plan.Index] = slice;
        }

        _begun = true;
        _version++;
        SendDirectories();
        SendOrders();
        // The engine has the answer of whom it asked for the actors, and sends it on when it comes to it.
        SimulatedSlice[] first = [.. _directory!];
        TimeSpan asked = IsLocal ? TimeSpan.Zero : _world.Draws.Chance(0.9) ? _world.Draws.Seconds(0, 0.02) : _world.Draws.Seconds(0, 1.5);
        _world.Time.In(asked, () => _world.Coordinator.Tell(new SimulatedBegin(first)));
        _world.Time.In(RepeatEvery, Repeat);
        _world.Time.In(RepeatEvery * _world.Draws.Uniform(0, 1), Save);
    }

    /// <summary>A slice that was restarted in place has forgotten what it was told.</summary>
    internal void AskNeighbours(SimulatedSlice slice)
    {
        if (!slice.Ended && slice.Process.Alive)
            ManagerOf(slice.Process).Restore(slice);
    }

    /// <summary>A slice ends without a message.</summary>
    internal void Lose(int slice, TimeSpan noticedAfter)
    {
        if (_directory[slice] is not { Ended: false } lost)
            return;
        _world.Trace($"{lost} is lost");
        _world.Checks.Lost();
        lost.End();
        lost.Process.Slices.Remove(lost);
        _world.Time.In(noticedAfter, () => Notice(lost));
    }

    /// <summary>A process ends with all its slices; another one takes its place.</summary>
    internal void EndProcess(LoopProcess process, TimeSpan noticedAfter)
    {
        SimulatedSlice[] lost = [.. process.Slices];
        _world.Trace($"process {process.Number} ends");
        process.End();
        process.Slices.Clear();
        foreach (LoopProcess other in _world.Processes.Where(other => other != process && other.Alive))
            _world.Connections.Reset(process, other, noticedAfter, (true, true));
        foreach (SimulatedSlice slice in lost)
        {
            _world.Checks.Lost();
            slice.End();
            _world.Time.In(noticedAfter, () => Notice(slice));
        }

        if (Hosts.Length == 0)
            _world.AddProcess();
    }

    /// <summary>A process is taken for unreachable, and then no longer.</summary>
    internal void Flap(LoopProcess process, TimeSpan length)
    {
        _flapping.Add(process.Number);
        RenewUnreachable();
        _world.Time.In(length, () =>
        {
            _flapping.Remove(process.Number);
            RenewUnreachable();
        });
    }

    private void Notice(SimulatedSlice lost)
    {
        int slice = lost.Plan.Index;
        if (ReferenceEquals(_directory[slice], lost))
        {
            _directory[slice] = null;
            ChangeDirectory();
        }

        RenewUnreachable();
        byte[]? state = _saved[slice];
        // Where no process can have it, it stays away for longer than a phase may take.
        TimeSpan away = _world.Draws.Chance(0.1) ? SimulatedPacing.PhaseWithin + SimulatedPacing.PhaseWithin : _world.Draws.Seconds(0.005, 0.6);
        _world.Time.In(away, () => Start(slice, state));
    }

    private void Start(int index, byte[]? state)
    {
        if (_world.Over || Hosts.Length == 0)
            return;
        SlicePlan plan = Plan.Slices[index];
        PopulationSlice slice = Plan.CreateSlice(plan);
        if (state is not null)
            StateBytes.Restore(state, PopulationSlice.StateSubject, slice);
        slice.BeginIncarnation(++_incarnations[index]);
        LoopProcess process = _world.Draws.Of(Hosts);
        var host = new SliceHost(Plan, plan, slice, _world.Network.Settings.Lag, fromStart: false);
        var actor = new SimulatedSlice(_world, process, host, fromStart: false);
        process.Slices.Add(actor);
        _world.Trace($"{actor} starts");
        ManagerOf(process).Start(actor);
        _world.Time.In(_world.Draws.Chance(0.7) ? _world.Draws.Seconds(0, 0.06) : _world.Draws.Seconds(0, 0.6), () => Rise(actor));
    }

    private void Rise(SimulatedSlice actor)
    {
        // It has ended before it was reported.
        if (actor.Ended)
            return;
        _directory[actor.Plan.Index] = actor;
        ChangeDirectory();
        _world.Coordinator.Tell(new SimulatedMove(actor.Plan.Index, actor));
        RenewUnreachable();
    }

    private void RenewUnreachable()
    {
        HashSet<int> now =
        [
            .. Enumerable.Range(0, _directory.Length)
                .Where(slice => _directory[slice] is not { } up || _flapping.Contains(up.Process.Number)),
        ];
        int[] more = [.. now.Except(_unreachable)];
        _unreachable = now;
        if (more.Length == 0 || !_begun)
            return;
        _world.Trace($"unreachable: {string.Join(" ", more)}");
        _world.Coordinator.Tell(new UnreachableSlices(more));
        SendOrders();
    }

    private void ChangeDirectory()
    {
        _version++;
        SendDirectories();
    }

    private void Repeat()
    {
        if (_world.Over)
            return;
        SendOrders();
        SendDirectories();
        if (_unreachable.Count > 0)
            _world.Coordinator.Tell(new UnreachableSlices([.. _unreachable]));
        _world.Time.In(RepeatEvery, Repeat);
    }

    // Each slice at moments of its own.
    private void Save()
    {
        if (_world.Over)
            return;
        SimulatedSlice[] up = [.. _directory.OfType<SimulatedSlice>().Where(slice => !slice.Ended && !slice.Process.IsStalled)];
        if (up.Length > 0)
        {
            SimulatedSlice slice = _world.Draws.Of(up);
            _saved[slice.Plan.Index] = slice.Snapshot();
        }

        _world.Time.In(RepeatEvery, Save);
    }

    private void SendOrders()
    {
        int[] unreachable = [.. _unreachable];
        long number = ++_orders;
        (long round, bool frozen) = (_orderedRound, _orderedFrozen);
        ToManagers(manager => manager.Follow(number, unreachable, round, frozen));
    }

    private void SendDirectories()
    {
        long version = _version;
        SimulatedSlice?[] directory = [.. _directory];
        ToManagers(manager => manager.Take(version, directory));
    }

    private void ToManagers(Action<SimulatedManager> tell)
    {
        foreach (LoopProcess process in Hosts)
            ManagerOf(process).Send(tell);
    }

    private SimulatedManager ManagerOf(LoopProcess process)
    {
        if (!_managers.TryGetValue(process, out SimulatedManager? manager))
            _managers[process] = manager = new(_world, process);
        return manager;
    }
}
