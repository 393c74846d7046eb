using Akka.Actor;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Actors;

/// <content>When it steps, what it sends then, and when it rests.</content>
internal sealed partial class SliceActor
{
    private void StepIfAllReported()
    {
        if (_sources.AllReported)
            StepSoon();
    }

    /// <summary>
    /// Steps after all messages that are there by now: so they coalesce, no backlog can build up, and a step that was made out
    /// of turn is not answered for ever by one more. Where none waits, that is at once.
    /// </summary>
    private void StepSoon()
    {
        if (_stepPosted || ((ActorCell)Context).HasMessages)
            PostStep();
        else
            StepUnlessClocked();
    }

    private void PostStep()
    {
        if (_stepPosted || _wallClock)
            return;
        _stepPosted = true;
        Self.Tell(StepNow.Instance);
    }

    private void StepUnlessClocked()
    {
        if (!_wallClock)
            Step();
    }

    private void Step()
    {
        if (_frozen || _peers is null)
            return;
        _steppedSinceKeepAlive = true;
        bool active = StepOnce(_peers.Coordinator);
        int made = 1;
        for (; made < _stride && active; made++)
        {
            SendActivity();
            active = StepOnce(_peers.Coordinator);
        }

        // Those that received the first messages of a stride wait for the others, or for a report that there are none.
        bool settled = !active && made > 1;
        bool answers = settled || (!active && _sources.PeerReported);
        _sources.BeginRound(active);
        if (active || _asked)
            SendActivity();
        if (active)
            AskPaced();
        _asked = false;
        if (active != _active || answers)
            ReportRest(!active, toCoordinator: settled || active != _active);
        _active = active;
        // With no active source to wait for, what still moves continues by itself.
        if (active && _sources.AllReported)
            PostStep();
    }

    /// <summary>Makes a step, and returns whether anything still moves.</summary>
    private bool StepOnce(IActorRef coordinator)
    {
        StepOutcome outcome = _host.Step(_acknowledgements.Add);
        foreach (Acknowledgement acknowledgement in _acknowledgements)
            coordinator.Tell(acknowledgement);
        _acknowledgements.Clear();
        if (_host.Report is { } report)
            coordinator.Tell(report);
        if (_answers && (_host.PhaseEnded || _host.Phase.AnswersEveryStep))
            coordinator.Tell(_host.Answer());
        // Whatever rests sends its state no more, so a slice rests only once it has the newest state of each source.
        return outcome != StepOutcome.Still || _host.HasPending || _host.MissesNewest || !_mayRest || _wallClock;
    }

    private void SendActivity() => _host.SendWindows.Send(_host.Send());

    /// <summary>A phase begins for the coordinator. Where it repeats itself, the answer that it waits for was lost.</summary>
    private void Begin(PhaseMark mark)
    {
        _host.Phase.Begin(mark);
        if (_host.Phase.Ended == mark.Phase)
            _peers?.Coordinator.Tell(_host.Answer());
    }

    private void AskPaced()
    {
        for (int place = 0; place < _peers!.Paced.Count; place++)
            _peers.Paced[place].Tell(Pace.Instance);
        if (_host.MissesNewest)
            _host.AskAgain();
    }

    private void ReportRest(bool resting, bool toCoordinator)
    {
        // It rests in the oldest phase that it knows to be shown below or wanted above: the present one has yet to
        // arrive.
        PopulationSlice slice = _host.Slice;
        PhaseNumber known = PhaseNumber.Older(slice.Below, slice.Above);
        var report = new RestReport(slice.Plan.Index, PhaseNumber.Older(slice.Tag.Phase, known), resting);
        if (toCoordinator)
        {
            // Where all rest, the phase ends early: with the answer that the slice rests at.
            if (resting && _answers)
                _peers!.Coordinator.Tell(_host.Answer());
            _peers!.Coordinator.Tell(report);
        }

        if (resting)
            _host.SendWindows.Send(report);
    }

    private void SendKeepAlive()
    {
        if (!_steppedSinceKeepAlive)
        {
            _asked = true;
            StepUnlessClocked();
        }

        _steppedSinceKeepAlive = false;
    }
}
