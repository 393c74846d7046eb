using Nudge.Interventions;
using Nudge.Phases;
using Nudge.Signals;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// What the coordinator and the nodes of a run in virtual time send each other. A branch is the run itself (0) or the copy of
/// one of its evaluations, which are numbered from 1.
/// </summary>
internal abstract record NodeMessage;

/// <summary>To one node: begin your part of a run.</summary>
/// <param name="Self">The number of the node.</param>
/// <param name="Places">For each slice the number of its node.</param>
/// <param name="Peers">For each node where it receives.</param>
/// <param name="State">The state of the run for this node; empty at the start of a run.</param>
internal sealed record BeginRun(int Self, IReadOnlyList<int> Places, IReadOnlyList<string> Peers, byte[] State) : NodeMessage;

/// <summary>To all nodes: the phase of a branch whose end has been reached ends, and another one begins.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Program">The phase that begins.</param>
/// <param name="Interventions">What is changed before it.</param>
internal sealed record BeginPhase(int Branch, PhaseProgram Program, IReadOnlyList<AppliedIntervention> Interventions) : NodeMessage;

/// <summary>To all nodes: run a branch to the end of its present phase, and report it.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="AnswersAtSteps">Whether the answers of each step are wanted.</param>
/// <param name="Present">The coordinator's phase.</param>
internal sealed record RunToPhaseEnd(int Branch, bool AnswersAtSteps, PhaseNumber? Present) : NodeMessage;

/// <summary>To all nodes: make the copy that an evaluation takes place on.</summary>
/// <param name="Branch">The number of the copy.</param>
internal sealed record BeginEvaluation(int Branch) : NodeMessage;

/// <summary>To all nodes: send what the slices are like; answered by <see cref="SlicesReport"/>.</summary>
/// <param name="Whole">Whether weights and the messages under way are wanted too.</param>
internal sealed record AskSlices(bool Whole) : NodeMessage;

/// <summary>From a node to the coordinator: a phase has reached its end.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Answers">The present answers of the node's slices that answer.</param>
/// <param name="StepAnswers">Their answers at each step, in the order of the steps of each slice.</param>
/// <param name="Moments">How long the statistics of its slices are, where the rule measures them.</param>
/// <param name="NotFinite">The first slice whose numbers are no longer finite, or −1.</param>
/// <param name="Failure">What is to be said of that.</param>
internal sealed record PhaseEndReport(
    int Branch,
    IReadOnlyList<SliceAnswer> Answers,
    IReadOnlyList<SliceAnswer> StepAnswers,
    IReadOnlyList<SliceMoments> Moments,
    int NotFinite,
    string Failure) : NodeMessage;

/// <summary>From a node to the coordinator: what its slices are like, as <see cref="NodeSlices"/> describes it.</summary>
/// <param name="Whole">Whether weights and messages under way are among it.</param>
/// <param name="State">The state.</param>
internal sealed record SlicesReport(bool Whole, byte[] State) : NodeMessage;

/// <summary>From a node to the coordinator: it cannot go on.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record NodeFailure(string Reason) : NodeMessage;

/// <summary>From a node to another one: what a slice has sent.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Signal">The signal.</param>
internal sealed record SentActivity(int Branch, ActivitySignal Signal) : NodeMessage;

/// <summary>
/// From a node to all others and the coordinator: whether a slice that sends changes has sent anything at a step.
/// </summary>
/// <param name="Branch">The branch.</param>
/// <param name="Slice">The slice.</param>
/// <param name="Step">How many steps it had made in the branch before.</param>
/// <param name="Sent">Whether it has.</param>
internal sealed record StepDecision(int Branch, int Slice, long Step, bool Sent) : NodeMessage;

/// <summary>The answer of one slice.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Phase">The phase that it was in.</param>
/// <param name="Values">lanes × values.</param>
internal readonly record struct SliceAnswer(int Slice, PhaseNumber Phase, float[] Values);

/// <summary>How long the statistics of one slice are.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Moments">Its running means.</param>
internal readonly record struct SliceMoments(int Slice, SecondMoments Moments);
