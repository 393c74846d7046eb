using Nudge.Populations;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <summary>What the slices that answer report to the coordinator, at each step or as a phase ends.</summary>
internal sealed class AnswerReports
{
    private readonly TrainingSchedule _schedule;
    private readonly bool[] _answers;
    private readonly float[] _answer;

    /// <param name="slices">All slices, by number.</param>
    /// <param name="schedule">Receives the answers.</param>
    internal AnswerReports(PopulationSlice[] slices, TrainingSchedule schedule)
    {
        _schedule = schedule;
        _answers = new bool[slices.Length];
        foreach (SlicePlan slice in schedule.Listening)
            _answers[slice.Index] = true;
        _answer = new float[schedule.Listening.Max(slice => slices[slice.Index].AnswerSize * slices[slice.Index].Lanes)];
    }

    /// <summary>Whether the answer of a slice counts at each of its steps in the present phase.</summary>
    internal bool AreDueAtSteps(int slice) => _answers[slice] && _schedule.UsesEveryStep;

    /// <summary>The present answer of a slice, lanes × values; to be read before the next one.</summary>
    internal ReadOnlySpan<float> Answer(PopulationSlice slice)
    {
        Span<float> answer = _answer.AsSpan(0, slice.Lanes * slice.AnswerSize);
        slice.CopyAnswer(answer);
        return answer;
    }

    /// <summary>Reports the present answer of a slice, and gives it.</summary>
    internal ReadOnlySpan<float> Report(PopulationSlice slice)
    {
        ReadOnlySpan<float> answer = Answer(slice);
        _schedule.Receive(slice.Plan, slice.Tag.Phase, answer);
        return answer;
    }

    /// <summary>Reports an answer that was taken earlier.</summary>
    internal void Report(in StepAnswer answer) => _schedule.Receive(answer.Slice, answer.Phase, answer.Values);
}

/// <summary>What a slice answers after one step.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Phase">The phase that it was in.</param>
/// <param name="Values">lanes × values.</param>
internal readonly record struct StepAnswer(SlicePlan Slice, Signals.PhaseNumber Phase, float[] Values);
