using Nudge.Messages;
using static Nudge.Supervision.ManagerEffect;

namespace Nudge.Supervision;

/// <content>What it reports to its supervisor, and when.</content>
internal sealed partial class SliceManager
{
    private void ReportIfDue(bool atTick)
    {
        if (_orders is null || (!_reportDue && _now < _reportAt))
            return;
        // At once where somebody may wait for it: when nothing of this node is wanting any more.
        bool settled = _slices.Values.All(slice =>
            slice.State != HostedState.Opening && (slice.State != HostedState.Up || slice.FreezeRound >= _orders?.FreezeRound));
        if (!settled && !atTick && _now < _reportAt)
            return;
        _reportDue = false;
        _reportAt = _now + ReportEvery;
        _effects.Add(new ToSupervisor(Report(_settings.Manager)));
        foreach (HostedSlice slice in _slices.Values.Where(slice => slice.Ended))
        {
            _effects.Add(new ToSupervisor(new SliceCounted(
                _settings.Run, _settings.Epoch, slice.Of.Attempt, 0, Ended: true, slice.Ending!)));
        }
    }

    private HostingReport Report(string manager) => new(
        _settings.Run,
        _settings.Epoch,
        _orders?.Number ?? 0,
        manager,
        _directory?.Version ?? 0,
        _leaving,
        [.. _slices.Values.Select(slice => slice.Report)]);
}
