using Nudge.Interventions;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;

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

    /// <summary>A message is on its way along a link that has not lost it.</summary>
    internal virtual void Sends(LinkPlan link, SentSignal sent)
    {
    }

    /// <summary>Nothing that was given before is left to do: call it before the slices are given anything.</summary>
    internal virtual void Begin()
    {
    }

    /// <summary>Returns when all that was given is done; answers may be read from then on.</summary>
    internal virtual void Finish()
    {
    }
}

/// <summary>What an engine needs beside: answers and checks at the end of a phase, and copies for evaluations.</summary>
internal abstract class EngineExecution : SliceExecution
{
    /// <summary>A phase begins.</summary>
    /// <param name="program">The phase.</param>
    /// <param name="interventions">What is changed before it.</param>
    internal virtual void BeginPhase(PhaseProgram program, IReadOnlyList<AppliedIntervention> interventions)
    {
    }

    /// <summary>
    /// Something has failed before all was given; what is under way is given up.
    /// </summary>
    internal virtual void Abandon() => Finish();

    /// <summary>Checks the numbers of the last steps.</summary>
    /// <param name="now">Virtual time in τ.</param>
    /// <exception cref="NumericalException">A current is no longer a finite number.</exception>
    internal abstract void ThrowIfNotFinite(double now);

    /// <summary>The present answer of a slice, lanes × values; to be read before the next one.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="phase">The phase that it is in.</param>
    internal abstract ReadOnlySpan<float> AnswerOf(SlicePlan slice, out PhaseNumber phase);

    /// <summary>The second moments of a slice's statistics; null where the rule does not measure them.</summary>
    internal abstract SecondMoments? SecondMomentsOf(SlicePlan slice);

    /// <summary>What runs the slices of a copy of the network that answers and never learns.</summary>
    /// <param name="copies">The slices of the copy; they read the weights of these.</param>
    /// <param name="schedule">Receives the copy's answers.</param>
    internal abstract EngineExecution ForCopy(PopulationSlice[] copies, TrainingSchedule schedule);

    /// <summary>Of what runs a copy: the copy has just been given the state of its original.</summary>
    /// <param name="original">What runs the original.</param>
    internal virtual void BeginCopy(EngineExecution original)
    {
    }
}

/// <summary>What engines that run their slices themselves have in common.</summary>
/// <param name="slices">The slices, by number.</param>
/// <param name="answers">Receives what the output reports at each step.</param>
internal abstract class LocalExecution(PopulationSlice[] slices, AnswerReports answers) : EngineExecution
{
    private float[] _answer = [];

    /// <summary>The slices, by number.</summary>
    protected PopulationSlice[] Slices => slices;

    /// <summary>Receives what the output reports at each step.</summary>
    protected AnswerReports Answers => answers;

    /// <inheritdoc/>
    internal sealed override void ThrowIfNotFinite(double now) => NumericalException.ThrowIfNotFinite(slices, now);

    /// <inheritdoc/>
    internal sealed override ReadOnlySpan<float> AnswerOf(SlicePlan slice, out PhaseNumber phase)
    {
        PopulationSlice answering = slices[slice.Index];
        phase = answering.Tag.Phase;
        int length = answering.Lanes * answering.AnswerSize;
        if (_answer.Length < length)
            _answer = new float[length];
        answering.CopyAnswer(_answer.AsSpan(0, length));
        return _answer.AsSpan(0, length);
    }

    /// <inheritdoc/>
    internal sealed override SecondMoments? SecondMomentsOf(SlicePlan slice) => slices[slice.Index].SecondMoments;
}

/// <summary>Does everything at once on the caller's thread.</summary>
/// <param name="slices">The slices, by number.</param>
/// <param name="answers">Receives what the output reports at each step.</param>
/// <param name="lag">Counts steps in an older phase.</param>
internal sealed class DirectExecution(PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag)
    : LocalExecution(slices, answers)
{
    private readonly FramePool[] _frames = [.. slices.Select(slice => new FramePool(slice.Lanes * slice.Plan.Values))];
    private readonly SentSignalPool _sent = new();

    /// <summary>Receives all that reaches a slice, or null.</summary>
    internal IEventRecorder? Recorder { get; set; }

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit)
    {
        Recorder?.Activity(link, sent.Signal, transit);
        Slices[link.Target.Index].Receive(link.AfferentSlot, link.SourceSlot, sent.Signal, transit);
        sent.Release();
    }

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal)
    {
        Recorder?.Control(slice, signal);
        Slices[slice.Index].Receive(signal);
    }

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        PopulationSlice stepping = Slices[slice];
        Recorder?.Step(stepping.Plan, elapsed);
        stepping.Step(elapsed);
        lag.Count(stepping);
        if (Answers.AreDueAtSteps(slice))
        {
            ReadOnlySpan<float> answer = AnswerOf(stepping.Plan, out PhaseNumber phase);
            Answers.Report(stepping.Plan, phase, answer);
        }

        if (!stepping.SendsChanges)
            return _sent.Take(stepping.Send(_frames[slice]));
        return stepping.TrySendChanges(_frames[slice], out ActivitySignal changes) ? _sent.Take(changes) : null;
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice) => Slices[slice].SendAllAtNextStep();

    /// <inheritdoc/>
    internal override EngineExecution ForCopy(PopulationSlice[] copies, TrainingSchedule schedule) =>
        new DirectExecution(copies, new(copies.Length, schedule), new(copies.Length));
}
