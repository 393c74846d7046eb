using Nudge.Interventions;
using Nudge.Links;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// The coordinator's view of slices that nodes run. It goes through the calendar as they do, which gives it events and hash, and
/// receives from them at the end of a phase what the schedule needs: answers and moments.
/// </summary>
internal sealed class RemoteExecution : EngineExecution
{
    internal const string StateSubject = "start of a node";
    private readonly PopulationSlice[] _slices;
    private readonly AnswerReports _answers;
    private readonly PhaseLagTally _lag;
    private readonly INodeGroup _nodes;
    private readonly bool _sendsChanges;
    private readonly bool _isCopy;
    private readonly long[] _sequences;
    private readonly long[] _steps;
    private readonly List<int> _answered = [];
    private readonly Dictionary<int, SliceAnswer> _ends = [];
    private readonly Dictionary<int, SecondMoments> _moments = [];
    private string? _notFinite;
    private int _branch;

    /// <param name="slices">Where the coordinator keeps what nodes report of slices.</param>
    /// <param name="answers">Receives what the output reports at each step.</param>
    /// <param name="lag">Knows the coordinator's phase.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="send">When slices send.</param>
    internal RemoteExecution(
        PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag, INodeGroup nodes, SendWhen send)
        : this(slices, answers, lag, nodes, send == SendWhen.Change, isCopy: false)
    {
    }

    private RemoteExecution(
        PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag, INodeGroup nodes, bool sendsChanges, bool isCopy)
    {
        (_slices, _answers, _lag, _nodes, _sendsChanges, _isCopy) = (slices, answers, lag, nodes, sendsChanges, isCopy);
        _sequences = new long[slices.Length];
        _steps = new long[slices.Length];
    }

    /// <summary>
    /// The nodes are about to start from the state of the engine, which must be whole; call it before
    /// <see cref="StateFor"/>.
    /// </summary>
    internal void Restart()
    {
        for (int slice = 0; slice < _slices.Length; slice++)
            _sequences[slice] = _slices[slice].Sequence;
        Array.Clear(_steps);
    }

    /// <summary>What a node begins with.</summary>
    /// <param name="network">The network, whose state must be whole.</param>
    /// <param name="includes">Which slices it runs.</param>
    internal byte[] StateFor(VirtualNetwork network, Func<int, bool> includes) =>
        StateBytes.Of(StateSubject, new NodeStart(network, _sequences, includes));

    /// <inheritdoc/>
    internal override void Begin() => _nodes.Order(new RunToPhaseEnd(_branch, _answers.AtSteps, _lag.Present));

    /// <inheritdoc/>
    internal override void BeginPhase(PhaseProgram program, IReadOnlyList<AppliedIntervention> interventions) =>
        _nodes.Order(new BeginPhase(_branch, program, interventions));

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit)
    {
    }

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal)
    {
    }

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        if (_answers.AreDueAtSteps(slice))
            _answered.Add(slice);
        long step = _steps[slice]++;
        return _sendsChanges && !_nodes.AwaitDecision(_branch, slice, step) ? null : SentSignal.Promised(++_sequences[slice]);
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice)
    {
    }

    /// <inheritdoc/>
    internal override void Finish()
    {
        IReadOnlyList<PhaseEndReport> reports = _nodes.AwaitPhaseEnd(_branch);
        _ends.Clear();
        _moments.Clear();
        foreach (SliceAnswer answer in reports.SelectMany(report => report.Answers))
            _ends[answer.Slice] = answer;
        foreach (SliceMoments moments in reports.SelectMany(report => report.Moments))
            _moments[moments.Slice] = moments.Moments;
        _notFinite = reports.Where(report => report.NotFinite >= 0).MinBy(report => report.NotFinite)?.Failure;
        Dictionary<int, Queue<SliceAnswer>> atSteps = reports.SelectMany(report => report.StepAnswers)
            .GroupBy(answer => answer.Slice).ToDictionary(same => same.Key, same => new Queue<SliceAnswer>(same));
        foreach (int slice in _answered)
        {
            SliceAnswer answer = atSteps[slice].Dequeue();
            _answers.Report(_slices[slice].Plan, answer.Phase, answer.Values);
        }

        _answered.Clear();
    }

    /// <inheritdoc/>
    internal override void Abandon() => _answered.Clear();

    /// <inheritdoc/>
    internal override void ThrowIfNotFinite(double now)
    {
        if (_notFinite is not null)
            throw new NumericalException(_notFinite);
    }

    /// <inheritdoc/>
    internal override ReadOnlySpan<float> AnswerOf(SlicePlan slice, out PhaseNumber phase)
    {
        SliceAnswer answer = _ends[slice.Index];
        phase = answer.Phase;
        return answer.Values;
    }

    /// <inheritdoc/>
    internal override SecondMoments? SecondMomentsOf(SlicePlan slice) =>
        _moments.TryGetValue(slice.Index, out SecondMoments moments) ? moments : null;

    /// <inheritdoc/>
    internal override EngineExecution ForCopy(PopulationSlice[] copies, TrainingSchedule schedule) => new RemoteExecution(
        copies, new(copies.Length, schedule), new(copies.Length), _nodes, _sendsChanges, isCopy: true);

    /// <inheritdoc/>
    internal override void BeginCopy(EngineExecution original)
    {
        if (!_isCopy)
            throw new InvalidOperationException("Only a copy begins as a copy.");
        _branch = _nodes.NextBranch();
        ((RemoteExecution)original)._sequences.CopyTo(_sequences, 0);
        Array.Clear(_steps);
        _nodes.Order(new BeginEvaluation(_branch));
    }
}
