using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>
/// How long a slice whose answers count has been in the phase that the coordinator began, on the slice's own clock. The
/// phase is over once it has lasted its length; a slice that is still in another phase after that long will not receive it
/// any more, and it is over for it too.
/// </summary>
internal sealed class PhaseClock
{
    // Clocks add up many short steps, whose sum may miss the length by rounding.
    private const double Tolerance = 1e-6;

    private PhaseMark? _mark;
    private double _within;
    private double _missed;

    /// <summary>Whether the coordinator uses the answer of each step of the phase, and not only the last.</summary>
    internal bool AnswersEveryStep => _mark is { EveryStep: true };

    /// <summary>The phase that was begun here and has ended, or none.</summary>
    internal PhaseNumber Ended { get; private set; } = PhaseNumber.None;

    /// <summary>A phase begins; one that is known continues, whatever repeats its mark.</summary>
    internal void Begin(PhaseMark mark)
    {
        if (_mark?.Phase == mark.Phase)
            return;
        _mark = mark;
        _within = 0;
        _missed = 0;
        Ended = PhaseNumber.None;
    }

    /// <summary>Lets the time of a step pass.</summary>
    /// <param name="phase">The phase that the slice is in after the step.</param>
    /// <param name="elapsed">The step's length, in τ.</param>
    /// <returns>Whether the phase has ended with this step.</returns>
    internal bool Elapse(PhaseNumber phase, double elapsed)
    {
        if (_mark is null || Ended == _mark.Phase)
            return false;
        if (phase == _mark.Phase)
            _within += elapsed;
        else
            _missed += elapsed;
        if (Math.Max(_within, _missed) < _mark.Length - Tolerance)
            return false;
        Ended = _mark.Phase;
        return true;
    }
}
