using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// Runs the slices of a network: takes what reaches them and when they step, in the one order of virtual time. What a slice
/// is given may be done at once or later, but each slice does it in this order, so that the result is the same to the bit.
/// </summary>
internal abstract class SliceExecution
{
    /// <summary>A slice receives activity. The caller's hold of the signal ends.</summary>
    internal abstract void Receive(LinkPlan link, SentSignal sent, double transit);

    /// <summary>A slice receives a signal of the coordinator.</summary>
    internal abstract void Receive(SlicePlan slice, ControlSignal signal);

    /// <summary>A slice steps; gives what it sends, or null where it sends changes and nothing has changed.</summary>
    internal abstract SentSignal? Step(int slice, float elapsed);

    /// <summary>A slice is to send all units at its next step, since a receiver has missed some.</summary>
    internal abstract void SendAllAtNextStep(int slice);

    /// <summary>Nothing that was given before is left to do: call it before the slices are given anything.</summary>
    internal virtual void Begin()
    {
    }

    /// <summary>Returns when all that was given is done; the slices may be read from then on.</summary>
    internal virtual void Finish()
    {
    }
}

/// <summary>Does everything at once on the caller's thread.</summary>
/// <param name="slices">The slices, by number.</param>
/// <param name="answers">Receives what the output reports at each step.</param>
/// <param name="lag">Counts steps in an older phase.</param>
internal sealed class DirectExecution(PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag) : SliceExecution
{
    private readonly FramePool[] _frames = [.. slices.Select(slice => new FramePool(slice.Lanes * slice.Plan.Values))];
    private readonly SentSignalPool _sent = new();

    /// <summary>Receives all that reaches a slice, or null.</summary>
    internal IEventRecorder? Recorder { get; set; }

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit)
    {
        Recorder?.Activity(link, sent.Signal, transit);
        slices[link.Target.Index].Receive(link.AfferentSlot, link.SourceSlot, sent.Signal, transit);
        sent.Release();
    }

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal)
    {
        Recorder?.Control(slice, signal);
        slices[slice.Index].Receive(signal);
    }

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        PopulationSlice stepping = slices[slice];
        Recorder?.Step(stepping.Plan, elapsed);
        stepping.Step(elapsed);
        lag.Count(stepping);
        if (answers.AreDueAtSteps(slice))
            answers.Report(stepping);
        if (!stepping.SendsChanges)
            return _sent.Take(stepping.Send(_frames[slice]));
        return stepping.TrySendChanges(_frames[slice], out ActivitySignal changes) ? _sent.Take(changes) : null;
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice) => slices[slice].SendAllAtNextStep();
}
