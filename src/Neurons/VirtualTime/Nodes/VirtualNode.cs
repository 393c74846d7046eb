using System.Collections.Concurrent;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// A node's part of a run in virtual time: all of the calendar, and some of the slices. Orders of the coordinator are carried out
/// one after the other by <see cref="Run"/>; what other nodes send is taken at once, on any thread.
/// </summary>
internal sealed class VirtualNode : IDisposable
{
    private const int Main = 0;
    private readonly NetworkPlan _plan;
    private readonly NodePlaces _places;
    private readonly INodeLinks _links;
    private readonly int _loops;
    private readonly PopulationSlice?[] _slices;
    private readonly PopulationSlice?[] _copies;
    private readonly PhaseLagTally _lag;
    private readonly VirtualNetwork _network;
    private readonly NodeExecution _execution;
    private readonly ConcurrentDictionary<int, NodeArrivals> _arrivals = [];
    private readonly BlockingCollection<NodeMessage> _orders = [];
    private readonly HashSet<int> _answering;
    private (int Branch, VirtualNetwork Network, NodeExecution Execution)? _copy;
    private volatile Exception? _failure;

    /// <summary>Makes the node's part of a run.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="places">Which slices are its own.</param>
    /// <param name="links">How it sends.</param>
    /// <param name="loops">How many threads run its slices.</param>
    /// <param name="state">The state of the run, as <see cref="RemoteExecution.StateFor"/> gives it; empty at the start.</param>
    /// <exception cref="InvalidDataException">The state belongs to another network.</exception>
    internal VirtualNode(NetworkPlan plan, NodePlaces places, INodeLinks links, int loops, byte[] state)
    {
        _plan = plan;
        _places = places;
        _links = links;
        _loops = loops;
        _slices = [.. plan.Slices.Select(slice => places.IsHere(slice.Index) ? plan.CreateSlice(slice) : null)];
        _copies = new PopulationSlice?[_slices.Length];
        _lag = new(_slices.Length);
        _network = new(plan, _slices);
        _answering = [.. plan.Answering.SelectMany(plan.SlicesOf).Select(slice => slice.Index)];
        long[] sequences = new long[_slices.Length];
        if (state.Length > 0)
            StateBytes.Restore(state, RemoteExecution.StateSubject, new NodeStart(_network, sequences));
        _execution = new(_slices, places, links, ArrivalsOf(Main), _lag, BranchOf(Main, sequences));
    }

    /// <summary>Takes a message of the coordinator or of another node.</summary>
    internal void Take(NodeMessage message)
    {
        switch (message)
        {
            case SentActivity activity:
                ArrivalsOf(activity.Branch).Take(activity.Signal);
                break;
            case StepDecision decision:
                ArrivalsOf(decision.Branch).Take(decision);
                break;
            default:
                if (!_orders.IsAddingCompleted)
                    _orders.Add(message);
                if (_links.Thread is { IsCurrent: false } thread)
                    thread.Wake();
                break;
        }
    }

    /// <summary>Ends what is under way, and <see cref="Run"/> with it.</summary>
    internal void Stop()
    {
        _failure = new OperationCanceledException("The node's part of the run has been stopped.");
        _execution.Fail(_failure);
        _copy?.Execution.Fail(_failure);
        _orders.CompleteAdding();
        _links.Thread?.Wake();
    }

    /// <summary>Carries out orders on the caller's thread until it is stopped. A failure is reported to the coordinator.</summary>
    internal void Run()
    {
        try
        {
            while (TryTakeOrder(out NodeMessage? order))
                CarryOut(order!);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            // It was stopped while it ran.
        }
#pragma warning disable CA1031 // Whatever it is, the coordinator receives it, and the node goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _links.Report(new NodeFailure(error.Message));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _orders.Dispose();

    private bool TryTakeOrder(out NodeMessage? order)
    {
        if (_links.Thread is not { } thread)
            return _orders.TryTake(out order, Timeout.Infinite);
        while (!_orders.TryTake(out order))
        {
            if (_orders.IsCompleted)
                return false;
            thread.Serve(mayWait: true);
        }

        return true;
    }

    private void CarryOut(NodeMessage order)
    {
        if (_failure is { } failure)
            throw failure;
        switch (order)
        {
            case BeginPhase begin:
                (VirtualNetwork network, _) = Branch(begin.Branch);
                network.EndPhase();
                network.Apply(begin.Interventions);
                network.BeginPhase(begin.Program);
                break;
            case RunToPhaseEnd run:
                RunOn(run);
                break;
            case BeginEvaluation evaluation:
                MakeCopy(evaluation.Branch);
                break;
            case AskSlices ask:
                _links.Report(new SlicesReport(ask.Whole, new NodeSlices(_slices, _network, _lag).Save(ask.Whole)));
                break;
            default:
                throw new InvalidDataException($"{order.GetType().Name} is no order.");
        }
    }

    private void RunOn(RunToPhaseEnd run)
    {
        (VirtualNetwork network, NodeExecution execution) = Branch(run.Branch);
        execution.AnswersAtSteps = run.AnswersAtSteps;
        if (run.Branch == Main)
            _lag.Present = run.Present;
        execution.Begin();
        try
        {
            network.RunToPhaseEnd(execution, CancellationToken.None);
        }
        finally
        {
            execution.Finish();
        }

        _links.Report(ReportOf(run.Branch, network, execution));
    }

    private PhaseEndReport ReportOf(int branch, VirtualNetwork network, NodeExecution execution)
    {
        PopulationSlice[] own = [.. (branch == Main ? _slices : _copies).OfType<PopulationSlice>()];
        PopulationSlice? failed = Array.Find(own, slice => !slice.IsFinite);
        return new(
            branch,
            [.. own.Where(slice => _answering.Contains(slice.Plan.Index)).Select(AnswerOf)],
            execution.StepAnswers,
            [
                .. own.Where(slice => slice.SecondMoments is not null)
                    .Select(slice => new SliceMoments(slice.Plan.Index, slice.SecondMoments!.Value)),
            ],
            failed?.Plan.Index ?? -1,
            failed is null ? "" : NumericalException.For(failed, network.Now).Message);
    }

    private static SliceAnswer AnswerOf(PopulationSlice slice)
    {
        float[] values = new float[slice.Lanes * slice.AnswerSize];
        slice.CopyAnswer(values);
        return new(slice.Plan.Index, slice.Tag.Phase, values);
    }

    private void MakeCopy(int branch)
    {
        // What is under way to this node is part of the state that the copy begins with.
        _execution.AwaitSignals();
        if (_copy is { } last)
            _arrivals.TryRemove(last.Branch, out _);
        for (int slice = 0; slice < _slices.Length; slice++)
        {
            if (_slices[slice] is { } own)
                _copies[slice] ??= _plan.CreateReader(own);
        }

        var network = new VirtualNetwork(_plan, _copies);
        StateCopy.WithoutWeights(new NetworkState(_network), new NetworkState(network));
        var execution = new NodeExecution(
            _copies, _places, _links, ArrivalsOf(branch), new(_copies.Length), BranchOf(branch, _execution.Sequences));
        _copy = (branch, network, execution);
        if (_failure is { } failure)
            execution.Fail(failure);
    }

    private (VirtualNetwork Network, NodeExecution Execution) Branch(int number)
    {
        if (number == Main)
            return (_network, _execution);
        return _copy is { } copy && copy.Branch == number
            ? (copy.Network, copy.Execution)
            : throw new InvalidDataException($"There is no evaluation {number}.");
    }

    private NodeArrivals ArrivalsOf(int branch) => _arrivals.GetOrAdd(branch, static _ => new());

    private NodeBranch BranchOf(int number, IReadOnlyList<long> sequences) => new(
        number, _loops, _plan.Settings.Links.Activity.Send.When == SendWhen.Change, _answering, sequences);

    private sealed class NetworkState(VirtualNetwork network) : IStateful
    {
        public void Describe(StateSection state)
        {
            network.Describe(state);
            network.DescribeInterventions(state);
        }
    }
}

/// <summary>What a node begins with: the calendar, its slices, and how often each slice has sent.</summary>
/// <param name="network">The node's network, or the coordinator's when saving.</param>
/// <param name="sequences">How often each slice has sent.</param>
/// <param name="includes">When saving, which slices the node runs.</param>
internal sealed class NodeStart(VirtualNetwork network, long[] sequences, Func<int, bool>? includes = null) : IStateful
{
    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Section(1, "network", inner =>
        {
            network.Describe(inner, includes);
            network.DescribeInterventions(inner);
        });
        state.Integers(2, sequences);
    }
}
