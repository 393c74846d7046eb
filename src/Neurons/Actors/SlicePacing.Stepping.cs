using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Actors;

/// <content>When it steps, what it sends then, and when it rests.</content>
internal sealed partial class SlicePacing
{
    // A clock that stands still takes no step, and need not wait for one.
    private bool IsAllowed => _due && (_host.IsSilent || (_active ? _host.Lag.MayStep : _host.Lag.MayAnswer));

    /// <summary>
    /// Steps after all messages that are there by now, so that they coalesce and no backlog can build up. Where none waits,
    /// that is at once.
    /// </summary>
    private void StepSoon()
    {
        if (_stepPosted || _effects.HasMessages)
            PostStep();
        else
            StepIfAllowed();
    }

    /// <summary>A step that it has asked for.</summary>
    internal void OnStep()
    {
        if (_wallClock)
        {
            Step();
            return;
        }

        _stepPosted = false;
        StepIfAllowed();
    }

    private void PostStep()
    {
        if (_stepPosted || _wallClock)
            return;
        _stepPosted = true;
        _effects.StepAfterMessages();
    }

    /// <summary>Something has come that a step would use.</summary>
    private void StepForNews()
    {
        _due = true;
        StepSoonIfAllowed();
    }

    private void StepSoonIfAllowed()
    {
        if (IsAllowed)
            StepSoon();
    }

    private void StepIfAllowed()
    {
        if (!_wallClock && IsAllowed)
            Step();
    }

    private void Step()
    {
        if (_host.IsFrozen || _neighbours is null)
            return;
        if (_host.IsSilent)
        {
            StandStill();
            return;
        }

        _repeat.GoOn();
        if (!_active)
            _host.Lag.CatchUp();
        _still = StepOnce(_neighbours) == StepOutcome.Still;
        bool active = !_still || _host.HasPending || !_mayRest || _wallClock;
        _due = active;
        if (active)
            _host.Lag.Advance(_host.Elapsed * _host.Slowness);
        if (!_still || _wallClock || !_hasSent || _question is not null)
            SendActivity(active);
        else if (active || _active)
            _host.SendWindows.Send(_host.TimeOf(active));
        else
            AnswerAtRest();
        _unanswered.Clear();
        PaceSources(active);
        _active = active;
        // Whatever rests sends its state no more, so a slice rests only once it has the newest state of each source.
        ReportRest(!active && !_host.MissesNewest);
        _host.AskForMissed(_ask);
        if (active && _host.Lag.MayStep)
            StepAfterOthers();
    }

    /// <summary>A clock that stands still: the neighbours are told, as by a slice at rest, so that none waits for it.</summary>
    private void StandStill()
    {
        _due = false;
        _host.Lag.CatchUp();
        if (_active)
        {
            _active = false;
            TellThatItRests();
        }

        AnswerAtRest();
        _unanswered.Clear();
    }

    private void TellThatItRests()
    {
        SliceTime rests = _host.TimeOf(awake: false);
        _host.SendWindows.Send(rests);
        _neighbours!.ToPaced(rests);
    }

    /// <summary>
    /// Steps once more after the other slices of the loop have had their turn: a lag is for messages that take long, and those
    /// of the same process do not.
    /// </summary>
    private void StepAfterOthers()
    {
        if (_stepPosted || _wallClock)
            return;
        _stepPosted = true;
        _effects.StepAfterOthers();
    }

    private StepOutcome StepOnce(ISliceNeighbours neighbours)
    {
        StepOutcome outcome = _host.Step(_acknowledge);
        foreach (Acknowledgement acknowledgement in _acknowledgements)
            neighbours.ToCoordinator(acknowledgement);
        _acknowledgements.Clear();
        if (_host.Report is { } report)
            neighbours.ToCoordinator(report);
        if (_answers && (_host.PhaseEnded || _host.Phase.AnswersEveryStep))
            neighbours.ToCoordinator(_host.Answer());
        return outcome;
    }

    private void SendActivity(bool awake)
    {
        _hasSent = true;
        _question = null;
        _host.SendWindows.Send(_host.Send(awake));
    }

    /// <summary>Those whose activity has not woken it wait for it no longer.</summary>
    private void AnswerAtRest()
    {
        if (_unanswered.Count > 0)
            _neighbours!.ToSlices(_unanswered, _host.TimeOf(awake: false));
    }

    /// <summary>
    /// Sends its time to sources that receive nothing else of it: whenever half of the lag has passed, so that they need not
    /// wait, and at a rest, so that they do not wait for it.
    /// </summary>
    private void PaceSources(bool active)
    {
        if (!_neighbours!.HasPaced || (active == _active && _host.Lag.Time < _paceAt))
            return;
        _paceAt = _host.Lag.Time + (_lag / 2);
        _neighbours.ToPaced(_host.TimeOf(active));
    }

    /// <summary>Sends once more what a link lost: now where nothing changes, else with the next step.</summary>
    private void Answer(AskActivity question)
    {
        _question = question;
        if (_still && !_host.IsFrozen && _neighbours is not null)
            SendActivity(_active);
    }

    // One that was restarted does not know what it last reported.
    private void ReportRest(bool resting)
    {
        if (resting == _resting)
            return;
        _resting = resting;
        SendRest();
    }

    private void SendRest()
    {
        // It rests in the oldest phase that it knows to be shown below or wanted above: the present one has yet to
        // arrive.
        PopulationSlice slice = _host.Slice;
        PhaseNumber known = PhaseNumber.Older(slice.Below, slice.Above);
        // Where all rest, the phase ends early: with the answer that the slice rests at.
        if (_resting == true && _answers)
            _neighbours!.ToCoordinator(_host.Answer());
        _neighbours!.ToCoordinator(new RestReport(slice.Plan.Index, PhaseNumber.Older(slice.Tag.Phase, known), _resting == true));
    }
}
