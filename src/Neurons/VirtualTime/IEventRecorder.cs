using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// Receives all that reaches a slice, in order, so that the same order can be played to another engine.
/// </summary>
public interface IEventRecorder
{
    /// <summary>A slice receives activity. The frame is used again afterwards: copy what is to be kept.</summary>
    /// <param name="link">The link.</param>
    /// <param name="signal">What arrived.</param>
    /// <param name="transit">How long it was under way, in τ.</param>
    void Activity(LinkPlan link, in ActivitySignal signal, double transit);

    /// <summary>A slice receives a signal of the coordinator.</summary>
    void Control(SlicePlan slice, ControlSignal signal);

    /// <summary>A slice steps.</summary>
    void Step(SlicePlan slice, float elapsed);
}
