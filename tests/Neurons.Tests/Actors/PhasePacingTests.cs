using Nudge.Actors;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>When phases begin, and what is sent when none is left.</summary>
public sealed class PhasePacingTests : IPhaseEffects
{
    private readonly List<object> _sent = [];
    private readonly ProgressPublisher _progress = new();
    private readonly TrainingSchedule _schedule;
    private readonly NetworkPlan _network;
    private readonly PhasePacing _pacing;

    public PhasePacingTests()
    {
        (_, _schedule, _network) = SmallNetwork.Prepare(SmallNetwork.Settings(4, 8, 3), 3, VectorExamples.Spread(3, 4, 3));
        _pacing = new(_network, _schedule, new(), _progress, interventions: null, this);
    }

    void IPhaseEffects.ToSlice(int slice, object message) => _sent.Add(message);

    void IPhaseEffects.StartPhaseTimer(PhaseOver over, TimeSpan after) => _sent.Add(over);

    [Fact]
    public void A_run_that_is_over_sends_nothing_more()
    {
        _pacing.Begin();
        while (!_progress.Progress.Over)
            RestAll();
        _sent.Clear();
        for (int i = 0; i < 100; i++)
            _pacing.OnKeepAlive();
        _pacing.OnMoved(0);
        Assert.Empty(_sent);
    }

    [Fact]
    public void A_run_that_is_begun_while_all_stands_still_shows_its_first_stimulus_afterwards()
    {
        _pacing.On(new Freeze(true));
        _pacing.Begin();
        _pacing.OnKeepAlive();
        Assert.Equal(0, _schedule.Phases);
        Assert.Empty(_sent);
        _pacing.On(new Freeze(false));
        Assert.Equal(1, _schedule.Phases);
        Assert.Contains(_sent, message => message is PhaseMark);
    }

    [Fact]
    public void Reports_that_say_nothing_new_do_not_keep_a_network_from_being_quiet()
    {
        _pacing.Begin();
        // All rest in a phase that the present one does not reach.
        for (int slice = 0; slice < _network.Slices.Count; slice++)
            _pacing.On(new RestReport(slice, PhaseNumber.None, Resting: true));
        for (int i = 0; i < 20; i++)
        {
            _pacing.OnKeepAlive();
            _pacing.On(new RestReport(i % _network.Slices.Count, PhaseNumber.None, Resting: true));
            _pacing.On(new AnswerMessage(_schedule.Listening[0].Index, PhaseNumber.None, ActivityFrame.Of(new float[3])));
        }

        Assert.InRange(_schedule.Phases, 2, 3);
    }

    [Fact]
    public void A_keep_alive_ends_one_phase_at_most()
    {
        _pacing.Begin();
        for (int slice = 0; slice < _network.Slices.Count; slice++)
            _pacing.On(new RestReport(slice, PhaseNumber.None, Resting: true));
        _pacing.On(new UnreachableSlices([.. _schedule.Listening.Select(slice => slice.Index)]));
        for (int i = 0; i < 30 && !_progress.Progress.Over; i++)
        {
            long before = _schedule.Phases;
            _pacing.OnKeepAlive();
            Assert.InRange(_schedule.Phases, before, before + 1);
        }
    }

    private void RestAll()
    {
        PhaseNumber phase = _schedule.Present!.Phase;
        for (int slice = 0; slice < _network.Slices.Count && _schedule.Present?.Phase == phase; slice++)
            _pacing.On(new RestReport(slice, phase, Resting: true));
    }
}
