using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <summary>Which answers of slices the schedule takes, and when: at each step, or as a phase ends.</summary>
internal sealed class AnswerReports
{
    private readonly TrainingSchedule _schedule;
    private readonly bool[] _answers;

    /// <param name="slices">Number of slices.</param>
    /// <param name="schedule">Receives the answers.</param>
    internal AnswerReports(int slices, TrainingSchedule schedule)
    {
        _schedule = schedule;
        _answers = new bool[slices];
        foreach (SlicePlan slice in schedule.Listening)
            _answers[slice.Index] = true;
    }

    /// <summary>Whether answers count at each step in the present phase.</summary>
    internal bool AtSteps => _schedule.UsesEveryStep;

    /// <summary>Whether the answer of a slice counts at each of its steps in the present phase.</summary>
    internal bool AreDueAtSteps(int slice) => _answers[slice] && _schedule.UsesEveryStep;

    /// <summary>Reports an answer.</summary>
    internal void Report(SlicePlan slice, PhaseNumber phase, ReadOnlySpan<float> values) =>
        _schedule.Receive(slice, phase, values);

    /// <summary>Reports an answer that was kept.</summary>
    internal void Report(in StepAnswer answer) => Report(answer.Slice, answer.Phase, answer.Values);
}

/// <summary>What a slice answers after one step.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Phase">The phase that it was in.</param>
/// <param name="Values">lanes × values.</param>
internal readonly record struct StepAnswer(SlicePlan Slice, PhaseNumber Phase, float[] Values);
