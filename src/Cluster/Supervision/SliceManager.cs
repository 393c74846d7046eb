using Nudge.Actors;
using Nudge.Messages;
using Nudge.Store;
using static Nudge.Supervision.ManagerEffect;
using static Nudge.Supervision.ManagerEvent;

namespace Nudge.Supervision;

/// <summary>
/// Keeps the slices that a node hosts for one run, as a plain state machine: starts them from what the store holds, gives them
/// their neighbours, has each saved now and then at a time of its own, reports what they count, and ends them in order when their
/// node leaves or no coordinator directs them any more. It does what the newest orders say, whatever came before.
/// </summary>
/// <remarks>Not safe for several threads; an actor is its shell.</remarks>
internal sealed partial class SliceManager
{
    /// <summary>How often <see cref="Tick"/> is expected.</summary>
    internal static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>How long slices go on without orders; then they are saved and end.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>Ticks that come so late show that the process stood still.</summary>
    internal static readonly TimeSpan StoodStill = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);
    // A report has an entry for each link, and other messages wait behind it: where there are more links, reports come later.
    private const int LinksPerReport = 20_000;
    private readonly SliceManagerSettings _settings;
    private readonly SortedDictionary<int, HostedSlice> _slices = [];
    private readonly List<ManagerEffect> _effects = [];
    private readonly Rotation<int> _reporting;
    private HostingOrders? _orders;
    private SliceDirectory? _directory;
    private HashSet<int> _unreachable = [];
    private TimeSpan _now;
    private TimeSpan _orderedAt;
    private TimeSpan _tickedAt;
    private TimeSpan _reportAt;
    private TimeSpan _countAt;
    private bool _reportDue;
    private bool _over;

    /// <summary>Makes a manager that hosts nothing.</summary>
    /// <param name="settings">How it works.</param>
    /// <param name="now">The present time.</param>
    internal SliceManager(SliceManagerSettings settings, TimeSpan now)
    {
        _settings = settings;
        _now = _orderedAt = _tickedAt = now;
        _countAt = now + ReportEvery;
        _reporting = new(() => _slices.Keys, settings.Links, LinksPerReport);
    }

    /// <summary>What it hosts.</summary>
    internal IReadOnlyCollection<HostedSlice> Slices => _slices.Values;

    /// <summary>The newest directory, or null.</summary>
    internal SliceDirectory? Directory => _directory;

    /// <summary>Whether nothing is left to do.</summary>
    internal bool Over => _over;

    private bool Keeps => _settings.SaveEvery is not null;

    /// <summary>Takes in an event.</summary>
    /// <param name="what">The event.</param>
    /// <param name="now">The present time, which never goes back.</param>
    /// <returns>What is to be done, in this order; valid until the next call.</returns>
    internal IReadOnlyList<ManagerEffect> On(ManagerEvent what, TimeSpan now)
    {
        _now = now;
        _effects.Clear();
        if (_over)
            return _effects;
        Take(what);
        TakeTurns();
        if (!_over)
            EndIfDone();
        if (!_over)
            ReportIfDue(atTick: what is Tick);
        return _effects;
    }

    private void Take(ManagerEvent what)
    {
        switch (what)
        {
            case Tick:
                OnTick();
                break;
            case Ordered ordered when IsForMe(ordered.Orders.Run, ordered.Orders.Epoch):
                Follow(ordered.Orders);
                break;
            case Directed directed when IsForMe(directed.Directory.Run, directed.Directory.Epoch):
                Take(directed.Directory);
                break;
            case FirstStateReceived received when Find(received.Of) is { State: HostedState.Opening } slice:
                StartFrom(slice, received.First);
                break;
            case FromStore from when Find(from.Of) is { } slice:
                TakeFromStore(slice, from.Message);
                break;
            // What a slice that is gone had copied is given back all the same.
            case FromSlice { Message: SliceSnapshot left } from when Find(from.Of) is null:
                _effects.Add(new Release(left.State));
                break;
            case FromSlice from when Find(from.Of) is { } slice:
                TakeFromSlice(slice, from.Message);
                break;
            case NotStarted failed when Find(failed.Of) is { } slice:
                Drop(slice, failed.Reason);
                break;
            case Failed failed when Find(failed.Of) is { } slice:
                OnFailure(slice, failed);
                break;
            case StoreCrashed crashed when Find(crashed.Of) is { } slice:
                // A store that failed no longer knows whether its incarnation is the only one.
                Drop(slice, crashed.Reason);
                break;
            case SupervisorLost or Superseded:
                Finish(alone: true);
                break;
            case Leave when !_leaving:
                _leaving = true;
                _leaveAloneAt = _now + LeaveAloneAfter;
                _reportDue = true;
                _reportAt = _now;
                break;
            default:
                break;
        }
    }

    private bool IsForMe(string run, int epoch) => run == _settings.Run && epoch == _settings.Epoch;

    private HostedSlice? Find(Assignment of) =>
        _slices.TryGetValue(of.Slice, out HostedSlice? slice) && slice.Of == of ? slice : null;

    private void OnTick()
    {
        // One that stood still, or was long at work, has yet to take what came meanwhile.
        if (_now - _tickedAt > StoodStill)
            _orderedAt = _now;
        _tickedAt = _now;
        if (_now - _orderedAt >= Lease)
            Finish(alone: true);
        if (_now >= _leaveAloneAt)
            Finish(alone: true);
        if (_now >= _giveUpAt)
            GiveUp();
        foreach (HostedSlice slice in _slices.Values)
        {
            if (_now >= slice.SaveAt)
                Save(slice);
            if (_now >= slice.ReopenAt)
                Reopen(slice);
        }

        if (_now < _countAt)
            return;
        _countAt = _now + ReportEvery;
        foreach (int index in _reporting.Next())
        {
            if (_slices.TryGetValue(index, out HostedSlice? slice) && slice.State == HostedState.Up)
                _effects.Add(new ToSlice(slice.Of, new AskCounters()));
        }
    }

    private void Follow(HostingOrders orders)
    {
        if (_orders is { } before && orders.Number <= before.Number)
            return;
        _orders = orders;
        _orderedAt = _now;
        _reportDue = true;
        var named = orders.Slices.ToDictionary(one => one.Slice, one => one.Attempt);
        foreach (HostedSlice slice in _slices.Values.ToArray())
        {
            if (!named.TryGetValue(slice.Of.Slice, out int attempt) || attempt != slice.Of.Attempt)
                Remove(slice);
        }

        if (orders.HandOver)
            Finish(alone: false);
        foreach (Assignment one in orders.Slices)
        {
            if (!_slices.ContainsKey(one.Slice) && !_finishing && one.Slice >= 0 && one.Slice < _settings.Bytes.Count)
                Begin(one);
        }

        _unreachable = [.. orders.Unreachable];
        var silent = new UnreachableSlices([.. _unreachable]);
        foreach (HostedSlice slice in _slices.Values.Where(slice => slice.State == HostedState.Up))
        {
            // Each time, since what was under way from a slice that is gone makes it seem reachable again.
            if (_unreachable.Count > 0)
                _effects.Add(new ToSlice(slice.Of, silent));
            Freeze(slice);
            Count(slice);
        }
    }

    private void Freeze(HostedSlice slice)
    {
        if (_orders is { } orders && slice.FreezeRound < orders.FreezeRound)
            _effects.Add(new ToSlice(slice.Of, new Freeze(orders.Frozen) { Slice = slice.Of.Slice, Round = orders.FreezeRound }));
    }

    private void Count(HostedSlice slice)
    {
        if (_orders is not { } orders || slice.CountersRound >= orders.CountersRound)
            return;
        slice.CountersRound = orders.CountersRound;
        _effects.Add(new ToSlice(slice.Of, new AskCounters { Round = orders.CountersRound }));
    }

    private void Take(SliceDirectory directory)
    {
        if (_directory is { } before && directory.Version <= before.Version)
            return;
        _directory = directory;
        _reportDue = true;
        foreach (HostedSlice slice in _slices.Values.Where(slice => slice.State == HostedState.Up))
            _effects.Add(new Connect(slice.Of));
    }

    private void Begin(Assignment of)
    {
        var slice = new HostedSlice(of, fromStart: _orders is { Begun: false });
        _slices[of.Slice] = slice;
        if (Keeps)
            _effects.Add(new OpenStore(of, Continued: 0));
        else
            Start(slice, new(of.Slice, 0, 0, ReadOnlyMemory<byte>.Empty));
    }

    private void Start(HostedSlice slice, SliceRestored restored)
    {
        if (_settings.AsksForFirstStates && restored.State.IsEmpty)
            _effects.Add(new AskFirstState(slice.Of, restored));
        else
            StartFrom(slice, restored);
    }

    private void StartFrom(HostedSlice slice, SliceRestored restored)
    {
        slice.StoreFailures = 0;
        slice.State = HostedState.Up;
        slice.Incarnation = restored.Incarnation;
        slice.Generation = restored.Generation;
        // Each at a moment of its own, so that they do not all want a turn at once.
        if (_settings.SaveEvery is { } every)
            slice.SaveAt = _now + (every * ((slice.Of.Slice + 1.0) / (_settings.Bytes.Count + 1)));
        _effects.Add(new Start(slice.Of, restored, slice.FromStart));
        // Frozen comes before its neighbours: it never takes a step that its supervisor has forbidden.
        Freeze(slice);
        if (_unreachable.Count > 0 && !slice.FromStart)
            _effects.Add(new ToSlice(slice.Of, new UnreachableSlices([.. _unreachable])));
        if (_directory is not null)
            _effects.Add(new Connect(slice.Of));
        Count(slice);
        _reportDue = true;
    }

    private void TakeFromSlice(HostedSlice slice, object message)
    {
        switch (message)
        {
            case SliceSnapshot snapshot:
                slice.Ending = snapshot.Counters ?? slice.Ending;
                KeepWhenFree(slice, snapshot);
                break;
            case Freeze confirmed when confirmed.Round > slice.FreezeRound:
                slice.FreezeRound = confirmed.Round;
                _reportDue = true;
                break;
            case SliceCounters counters:
                slice.Counters = counters;
                if (slice.State == HostedState.Up)
                {
                    _effects.Add(new ToSupervisor(new SliceCounted(
                        _settings.Run, _settings.Epoch, slice.Of.Attempt, counters.Round, Ended: false, counters)));
                }

                break;
            case AskNeighbours:
                Restore(slice);
                break;
            default:
                break;
        }
    }

    /// <summary>An actor that was restarted has forgotten what it was told.</summary>
    private void Restore(HostedSlice slice)
    {
        if (_orders is { FreezeRound: > 0 } orders)
            _effects.Add(new ToSlice(slice.Of, new Freeze(orders.Frozen) { Slice = slice.Of.Slice, Round = orders.FreezeRound }));
        if (_directory is not null)
            _effects.Add(new Connect(slice.Of));
        if (_orders is { CountersRound: > 0 } asked)
            _effects.Add(new ToSlice(slice.Of, new AskCounters { Round = asked.CountersRound }));
        if (_finishing && slice.State == HostedState.Up)
            AskTurn(slice);
    }

    private void OnFailure(HostedSlice slice, Failed failed)
    {
        // What it was asked may have gone with its fault.
        _turns.GiveBack(slice.Of.Slice);
        _reportDue = true;
        if (failed.Fatal)
        {
            slice.Fatal = true;
            Drop(slice, failed.Reason);
        }
        else
        {
            slice.Faults++;
        }
    }

    /// <summary>It ends out of order; reports have it so until orders no longer name it.</summary>
    private void Drop(HostedSlice slice, string reason)
    {
        if (slice.State == HostedState.Gone)
            return;
        Close(slice);
        slice.State = HostedState.Gone;
        slice.Reason = reason;
        _reportDue = true;
    }

    private void Remove(HostedSlice slice)
    {
        Close(slice);
        _slices.Remove(slice.Of.Slice);
        _reportDue = true;
    }

    private void Close(HostedSlice slice)
    {
        _turns.GiveBack(slice.Of.Slice);
        slice.SaveAt = TimeSpan.MaxValue;
        slice.ReopenAt = null;
        if (slice.Waiting is { } waiting)
            _effects.Add(new Release(waiting.State));
        slice.Waiting = null;
        if (slice.State != HostedState.Gone && !slice.Ended)
            _effects.Add(new Stop(slice.Of));
    }
}
