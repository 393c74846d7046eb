using Nudge.Phases;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Actors;

/// <content>When a phase ends.</content>
internal sealed partial class PhasePacing
{
    private void EndPhaseIfOver()
    {
        if (_over || _frozen || !_begun || _wallClock)
            return;
        if (AllAnswered() || AllRest())
            ChangePhase();
    }

    // Without any slice that could answer, keep-alives alone end phases, so that few pass until one is back.
    private bool AllAnswered() => _awaited.IsSubsetOf(_unreachable) && !_answering.All(_unreachable.Contains);

    private bool AllRest() =>
        _restless.IsSubsetOf(_unreachable) && _unreachable.Count < _network.Slices.Count;

    /// <summary>With no reachable slice whose answers are its clock, phases pass by keep-alives until one is.</summary>
    private void EndPhaseIfUnreachable()
    {
        if (!_over && !_frozen && _begun && !_wallClock && _unreachable.Count > 0 && _answering.All(_unreachable.Contains))
            ChangePhase();
    }

    /// <summary>
    /// A slice behind a cut link rests in an older phase, since the present one never reaches it: where all rest for a while in any
    /// phase, nothing will happen any more in this one.
    /// </summary>
    private void EndPhaseIfQuiet()
    {
        bool quiet = !_over && !_frozen && _begun && !_wallClock
            && _awake.IsSubsetOf(_unreachable) && _unreachable.Count < _network.Slices.Count;
        _quiet = quiet ? _quiet + 1 : 0;
        if (_quiet >= QuietKeepAlives)
            ChangePhase();
    }

    private void ChangePhase()
    {
        _quiet = 0;
        _schedule.EndPhase();
        PhaseProgram? program = _schedule.BeginPhase();
        if (!_wallClock)
            _progressPublisher.LocalTau += _length;
        _progressPublisher.Publish(_schedule, over: program is null);
        if (program is null)
        {
            _over = true;
            _program = null;
            _awaited.Clear();
            _control.End();
            return;
        }

        if (_interventions?.TakeDue(new(program.Tag.Phase.Number, _schedule.Presentations, _progressPublisher.LocalTau)) is { Count: > 0 })
            SendInterventions();
        _progressPublisher.Publish(new PhaseVisit(program.Tag.Phase, program.Tag.Importance[0], _progressPublisher.LocalTau, default));
        _program = program;
        _present = program.Tag;
        _length = program.Length;
        _repeat.GoOn();
        foreach (SlicePlan slice in _network.Slices)
            _restless.Add(slice.Index);
        _control.Send(program, _effects);
        _awaited.Clear();
        _awaited.UnionWith(_answering);
        Mark();
        if (!_wallClock)
            return;
        var wall = TimeSpan.FromMilliseconds(program.Length * _tauMilliseconds);
        _progressPublisher.LocalTau += program.Length;
        _effects.StartPhaseTimer(new(_present.Phase.Number), wall);
    }
}
