using Nudge.Actors;
using Nudge.Messages;
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
}
