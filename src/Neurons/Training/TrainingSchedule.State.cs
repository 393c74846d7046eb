using Nudge.State;

namespace Nudge.Training;

/// <content>Where a run stands, so that it can go on from there to the same bits.</content>
public sealed partial class TrainingSchedule : IStateful
{
    internal const string StateSubject = "schedule";

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _epoch);
        state.Item(2, ref _phase);
        state.Item(3, ref _round);
        state.Item(4, ref _phaseOfStimulus);
        state.Item(5, ref _question);
        state.Section(6, "curriculum", _curriculum);
        state.Integers(7, _sign);
        state.Flags(8, _positive);
        state.Section(9, "running", _running);
        state.VariableList(10, "evaluations", _evaluations, Describe);
        _pass = state.Optional(11, "pass", _pass, static () => new(0, 0, 0));
        _present = state.OptionalSignal(12, _present, _lanes);
        if (_coin is not null)
        {
            state.Section(13, "coin", _coin);
            _prior = state.IsRestoring ? _coin.Prior : _prior;
        }

        if (state.Has(14))
            state.Item(14, ref _hasClosed);

        // Needed within a phase only; older states are of the beginning of one.
        if (state.Has(15))
            state.List(15, "answered", _answeredIn, static (one, ref phase) => phase = one.Item(1, phase, "phase"));
    }

    // Not-a-number where there is none.
    private static double? Error(StateSection state, double? saved)
    {
        double error = state.Has(7) ? state.Item(7, saved ?? double.NaN) : double.NaN;
        return double.IsNaN(error) ? null : error;
    }

    private static void Describe(StateSection state, ref Evaluation evaluation)
    {
        Evaluation saved = state.IsRestoring ? new(0, 0, 0, 0) : evaluation;
        evaluation = new(
            state.Item(1, saved.Presentations),
            state.Item(2, saved.Examples),
            state.Item(3, saved.Correct),
            state.Item(4, saved.Unanswered))
        {
            Messages = state.Has(5) ? state.Item(5, saved.Messages) : 0,
            Undecided = state.Has(6) ? state.Item(6, saved.Undecided) : 0,
            MeanSquaredError = Error(state, saved.MeanSquaredError),
        };
    }
}
