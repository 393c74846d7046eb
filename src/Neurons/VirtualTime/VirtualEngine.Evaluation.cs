using Nudge.State;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <content>Evaluations: on a copy of the network, so that measuring never changes what is measured.</content>
public sealed partial class VirtualEngine
{
    /// <summary>The evaluation that is under way, or null.</summary>
    public EvaluationProgress? Evaluating => _branch is { IsUnderWay: true } branch ? branch.Progress : null;

    private bool BeginEvaluating()
    {
        _branch ??= new(new VirtualEngine(this, _schedule.CreateEvaluation()));
        _branch.Begin(this);
        return true;
    }

    private bool GoOnEvaluating(EvaluationBranch branch, CancellationToken cancellation)
    {
        if (branch.RunPhase(cancellation) is { } made)
            _schedule.Add(made);
        return true;
    }

    /// <summary>
    /// An evaluation on a copy of the network: it has the state that the original has as the last phase of a stimulus ends,
    /// reads the weights of the original, and never learns. Random draws are those that training will make from there.
    /// Links stay cut, or not, as they are at that moment.
    /// </summary>
    private sealed class EvaluationBranch(VirtualEngine copy)
    {
        private long _sentBefore;

        internal bool IsUnderWay { get; private set; }

        internal EvaluationProgress? Progress => copy._schedule.Evaluating;

        internal void Begin(VirtualEngine original)
        {
            StateCopy.WithoutWeights(original, copy);
            copy._execution.BeginCopy(original._execution);
            _sentBefore = copy._network.Sent;
            IsUnderWay = true;
        }

        internal void Abandon() => IsUnderWay = false;

        /// <summary>Runs one phase, or until cancelled; gives the evaluation when it was the last one.</summary>
        internal Evaluation? RunPhase(CancellationToken cancellation)
        {
            if (copy.RunPhase(cancellation))
                return null;
            IsUnderWay = false;
            return copy._schedule.Evaluations[^1] with { Messages = copy._network.Sent - _sentBefore };
        }
    }
}
