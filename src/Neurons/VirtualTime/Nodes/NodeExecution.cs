using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// Runs the slices that a node has been given. The node goes through the whole calendar as all others do; of a slice that is
/// run elsewhere it awaits the signals that its own slices receive, and no others.
/// </summary>
internal sealed class NodeExecution : SliceExecution
{
    private readonly PopulationSlice?[] _slices;
    private readonly NodePlaces _places;
    private readonly INodeLinks _links;
    private readonly NodeArrivals _arrivals;
    private readonly SliceLoops _loops;
    private readonly int _branch;
    private readonly bool _sendsChanges;
    private readonly HashSet<int> _answering;
    private readonly long[] _sequences;
    private readonly long[] _steps;
    private readonly List<StepResult> _answered = [];

    /// <param name="slices">All slices of the network, by number; null for those of others.</param>
    /// <param name="places">Which node runs which slice.</param>
    /// <param name="links">Sends to other nodes.</param>
    /// <param name="arrivals">What others have sent of this branch.</param>
    /// <param name="lag">Counts steps in an older phase.</param>
    /// <param name="options">What else the branch is.</param>
    internal NodeExecution(
        PopulationSlice?[] slices, NodePlaces places, INodeLinks links, NodeArrivals arrivals, PhaseLagTally lag, NodeBranch options)
    {
        _slices = slices;
        _places = places;
        _links = links;
        _arrivals = arrivals;
        _loops = new(slices, lag, options.Loops, links.Thread);
        _branch = options.Number;
        _sendsChanges = options.SendsChanges;
        _answering = options.Answering;
        _sequences = [.. options.Sequences];
        _steps = new long[slices.Length];
        arrivals.OnChange(_loops.Wake);
    }

    /// <summary>Whether the answers of each step are wanted.</summary>
    internal bool AnswersAtSteps { get; set; }

    /// <summary>How often each slice has sent, as far as the calendar has come.</summary>
    internal IReadOnlyList<long> Sequences => _sequences;

    /// <summary>The answers of the steps of the phase that has just ended.</summary>
    internal IReadOnlyList<SliceAnswer> StepAnswers { get; private set; } = [];

    /// <summary>Gives up what is under way.</summary>
    internal void Fail(Exception error) => _loops.Fail(error);

    /// <summary>Waits for all signals that are under way to slices of this node.</summary>
    internal void AwaitSignals()
    {
        _loops.Start();
        _loops.RunUntil(() => _arrivals.AreComplete);
        _loops.Finish();
    }

    /// <inheritdoc/>
    internal override void Begin() => _loops.Start();

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit)
    {
        if (IsHere(link.Target))
            _loops.Add(link.Target.Index, new(SliceTaskKind.Receive, transit, link, sent));
    }

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal)
    {
        if (IsHere(slice))
            _loops.Add(slice.Index, new(SliceTaskKind.Control, Control: signal));
    }

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        long step = _steps[slice]++;
        SentSignal? sent = _slices[slice] is null ? StepElsewhere(slice, step) : StepHere(slice, step, elapsed);
        if (sent is not null)
            _sequences[slice]++;
        return sent;
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice)
    {
        if (_slices[slice] is not null)
            _loops.Add(slice, new(SliceTaskKind.SendAll));
    }

    /// <inheritdoc/>
    internal override void Sends(LinkPlan link, SentSignal sent)
    {
        // Once for all slices of a node.
        int node = _places.NodeOf(link.Target.Index);
        ulong bit = 1UL << node;
        if ((sent.Nodes & bit) != 0)
            return;
        sent.Nodes |= bit;
        bool isFromHere = IsHere(link.Source);
        if (IsHere(link.Target) && !isFromHere)
            _arrivals.Await(link.Source.Index, sent);
        else if (isFromHere && node != _places.Self && !sent.TryAwait(() => Send(node, sent)))
            Send(node, sent);
    }

    /// <inheritdoc/>
    internal override void Finish()
    {
        StepAnswers = [];
        try
        {
            _loops.Finish();
            StepAnswers =
            [
                .. _answered.Select(one => new SliceAnswer(one.Answer.Slice.Index, one.Answer.Phase, one.Answer.Values)),
            ];
        }
        finally
        {
            _answered.Clear();
        }
    }

    private bool IsHere(SlicePlan slice) => _slices[slice.Index] is not null;

    private void Send(int node, SentSignal sent) => _links.Send(node, new SentActivity(_branch, sent.Signal));

    private SentSignal? StepHere(int slice, long step, float elapsed)
    {
        var result = new StepResult(AnswersAtSteps && _answering.Contains(slice));
        if (result.TakesAnswer)
            _answered.Add(result);
        if (!_sendsChanges)
            result.Sent = SentSignal.Promised(_sequences[slice] + 1);
        _loops.Add(slice, new(SliceTaskKind.Step, elapsed, Outcome: result));
        if (!_sendsChanges)
            return result.Sent;
        // Whether anything is sent, and so the calendar, depends on the step; no other node can know it.
        _loops.RunUntil(() => result.IsDone);
        _links.SendToAll(new StepDecision(_branch, slice, step, result.Sent is not null));
        return result.Sent;
    }

    private SentSignal? StepElsewhere(int slice, long step)
    {
        bool sent = !_sendsChanges;
        bool known = !_sendsChanges;
        if (!known)
            _loops.RunUntil(() => known = known || _arrivals.TryTakeDecision(slice, step, out sent));
        return sent ? SentSignal.Promised(_sequences[slice] + 1) : null;
    }
}

/// <summary>What a node runs of one branch.</summary>
/// <param name="Number">The number of the branch.</param>
/// <param name="Loops">How many threads run the slices.</param>
/// <param name="SendsChanges">Whether slices send what has changed, and not at every step.</param>
/// <param name="Answering">The slices whose answers the coordinator receives.</param>
/// <param name="Sequences">How often each slice has sent when the branch begins.</param>
internal sealed record NodeBranch(
    int Number, int Loops, bool SendsChanges, HashSet<int> Answering, IReadOnlyList<long> Sequences);
