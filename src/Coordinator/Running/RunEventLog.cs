using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>
/// What happens to a run besides learning: moves of slices and notices of the cluster, a line of output and an event each; and
/// interventions, a line each and a file of all of them.
/// </summary>
internal sealed class RunEventLog
{
    private readonly PreparedRun _run;
    private readonly IEngineRun _engine;
    private readonly RunDirectory _directory;
    private readonly IProgressDisplay _progress;
    private int _moves;
    private int _notices;
    private int _interventions;

    internal RunEventLog(PreparedRun run, IEngineRun engine, RunDirectory directory, IProgressDisplay progress)
    {
        (_run, _engine, _directory, _progress) = (run, engine, directory, progress);
        _interventions = run.Interventions.Applied.Count;
        // The file of a resumed run may have what came after its checkpoint.
        if (_interventions > 0)
            WriteInterventions();
    }

    /// <summary>Reports what is new.</summary>
    /// <param name="wall">Wall time of the run so far.</param>
    internal void Report(TimeSpan wall)
    {
        for (; _moves < _engine.Moves.Count; _moves++)
            Report(Of(_engine.Moves[_moves], wall));
        for (; _notices < _engine.Notices.Count; _notices++)
            Report(new RunEvent(wall.TotalSeconds, _engine.State.Presentations, "notice", _engine.Notices[_notices]));
        IReadOnlyList<AppliedIntervention> applied = _run.Interventions.Applied;
        if (applied.Count <= _interventions)
            return;
        foreach (AppliedIntervention one in applied.Skip(_interventions))
            _progress.Say(FormattableString.Invariant($"{one.Name} at {one.Moment.Presentations:N0} stimuli: {one.Settings.WordsWithEnd}"));
        _interventions = applied.Count;
        WriteInterventions();
    }

    private RunEvent Of(SliceMove move, TimeSpan wall)
    {
        string from = move.Generation > 0 ? $"from its snapshot {move.Generation}" : "from the start";
        string text = FormattableString.Invariant(
            $"{move.Slice}: {move.From} to {move.To} after {move.Seconds:0.0} s, {from} ({move.Cause})");
        return new(wall.TotalSeconds, _engine.State.Presentations, "move", text)
        {
            Slice = move.Slice,
            From = move.From,
            To = move.To,
            Cause = move.Cause,
            Incarnation = move.Incarnation,
            Snapshot = move.Generation,
            Away = move.Seconds,
        };
    }

    private void Report(RunEvent what)
    {
        _progress.Say(what.Text);
        EventsFile.Add(_directory.FilePath(RunFiles.Events), what);
    }

    private void WriteInterventions() =>
        _directory.WriteText(RunFiles.Interventions, InterventionsFile.ToText(_run.Interventions.Applied));
}
