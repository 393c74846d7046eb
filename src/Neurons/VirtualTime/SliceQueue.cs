using System.Collections.Concurrent;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// What one slice has to do, in order. At any moment at most one loop works on it; a loop leaves it where the next thing to
/// do is to receive a signal whose sender has not made the step yet.
/// </summary>
internal sealed class SliceQueue
{
    private readonly PopulationSlice _slice;
    private readonly LoopWork _work;
    private readonly PhaseLagTally _lag;
    private readonly Action _offerAgain;
    private readonly ConcurrentQueue<SliceTask> _tasks = new();
    private int _isTaken;

    /// <param name="slice">The slice.</param>
    /// <param name="work">Tells the loops that there is something to do, and counts what is done.</param>
    /// <param name="lag">Counts steps in an older phase.</param>
    internal SliceQueue(PopulationSlice slice, LoopWork work, PhaseLagTally lag)
    {
        _slice = slice;
        _work = work;
        _lag = lag;
        _offerAgain = () => work.Offer(this);
    }

    /// <summary>The slice.</summary>
    internal PopulationSlice Slice => _slice;

    /// <summary>Adds something to do.</summary>
    internal void Add(in SliceTask task)
    {
        _work.Begin();
        _tasks.Enqueue(task);
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            _work.Offer(this);
    }

    /// <summary>Does all that can be done now, on a loop that took the queue.</summary>
    internal void Run()
    {
        while (true)
        {
            while (_tasks.TryPeek(out SliceTask task))
            {
                if (_work.HasFailed)
                    return;
                if (task.Kind == SliceTaskKind.Receive && task.Sent!.TryAwait(_offerAgain))
                    return;
                Do(task);
                _tasks.TryDequeue(out _);
                _work.End();
            }

            // With a full fence: a task that is added now is either seen here, or its adder sees that no thread is at it.
            Interlocked.Exchange(ref _isTaken, 0);
            if (_tasks.IsEmpty || Interlocked.Exchange(ref _isTaken, 1) != 0)
                return;
        }
    }

    private void Do(in SliceTask task)
    {
        try
        {
            switch (task.Kind)
            {
                case SliceTaskKind.Receive:
                    _slice.Receive(task.Link.AfferentSlot, task.Link.SourceSlot, task.Sent!.Signal, task.Time);
                    break;
                case SliceTaskKind.Control:
                    _slice.Receive(task.Control!);
                    break;
                case SliceTaskKind.SendAll:
                    _slice.SendAllAtNextStep();
                    break;
                default:
                    Step((float)task.Time, task.Outcome!);
                    break;
            }
        }
#pragma warning disable CA1031 // Whatever it is, the thread that runs the engine throws it again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _work.Fail(error);
        }
    }

    private void Step(float elapsed, StepResult result)
    {
        _slice.Step(elapsed);
        _lag.Count(_slice);
        if (result.TakesAnswer)
        {
            float[] answer = new float[_slice.Lanes * _slice.AnswerSize];
            _slice.CopyAnswer(answer);
            result.Answer = new(_slice.Plan, _slice.Tag.Phase, answer);
        }

        if (!_slice.SendsChanges)
            result.Sent!.Fill(_slice.Send(null));
        else if (_slice.TrySendChanges(null, out ActivitySignal changes))
            result.Sent = SentSignal.Of(changes);
        result.IsDone = true;
        if (_slice.SendsChanges)
            _work.Wake();
    }
}

/// <summary>Kinds of things that a slice does.</summary>
internal enum SliceTaskKind
{
    /// <summary>It receives activity.</summary>
    Receive,

    /// <summary>It receives a signal of the coordinator.</summary>
    Control,

    /// <summary>It steps.</summary>
    Step,

    /// <summary>It is to send all units at its next step.</summary>
    SendAll,
}

/// <summary>One thing that a slice is to do.</summary>
/// <param name="Kind">What.</param>
/// <param name="Time">Of a step, the local time since the last one; of activity, how long it was under way; in τ.</param>
/// <param name="Link">The link that activity came through.</param>
/// <param name="Sent">The activity.</param>
/// <param name="Control">What the coordinator sent.</param>
/// <param name="Outcome">Receives what comes of a step.</param>
internal readonly record struct SliceTask(
    SliceTaskKind Kind,
    double Time = 0,
    LinkPlan Link = default,
    SentSignal? Sent = null,
    ControlSignal? Control = null,
    StepResult? Outcome = null);

/// <summary>What comes of a step.</summary>
/// <param name="takesAnswer">Whether the slice's answer is wanted.</param>
internal sealed class StepResult(bool takesAnswer)
{
    private volatile bool _isDone;

    /// <summary>Whether the slice's answer is wanted.</summary>
    internal bool TakesAnswer { get; } = takesAnswer;

    /// <summary>What is sent: promised before the step, or found by it where changes are sent.</summary>
    internal SentSignal? Sent { get; set; }

    /// <summary>The answer, once the step is made.</summary>
    internal StepAnswer Answer { get; set; }

    /// <summary>Whether the step is made.</summary>
    internal bool IsDone
    {
        get => _isDone;
        set => _isDone = value;
    }
}
