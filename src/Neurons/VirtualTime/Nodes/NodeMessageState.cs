using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.VirtualTime.Nodes;

/// <summary>Messages of <see cref="NodeMessage"/> as bytes: a state in tagged sections.</summary>
/// <param name="plan">The network that they are about.</param>
internal sealed class NodeMessageState(NetworkPlan plan)
{
    private const string Subject = "message of virtual time";
    private const int MostValues = 1 << 28;

    private enum Kind
    {
        BeginPhase = 1,
        RunToPhaseEnd,
        BeginEvaluation,
        AskSlices,
        PhaseEndReport,
        SlicesReport,
        NodeFailure,
        SentActivity,
        StepDecision,
        BeginRun,
    }

    private int Lanes => plan.Settings.Lanes;

    /// <summary>A message in bytes.</summary>
    internal byte[] Write(NodeMessage message) => StateBytes.Of(Subject, new Item(this, message));

    /// <summary>A message from bytes.</summary>
    /// <exception cref="InvalidDataException">They hold something else, or a message of another network.</exception>
    internal NodeMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var item = new Item(this, null);
        StateBytes.Restore(bytes, Subject, item);
        return item.Message!;
    }

    private NodeMessage Describe(StateSection state, NodeMessage? message)
    {
        Kind kind = state.Choice(1, message is null ? default : KindOf(message));
        NodeMessage? read = null;
        state.Section(2, "content", content => read = kind switch
        {
            Kind.BeginPhase => Phase(content, message as BeginPhase),
            Kind.RunToPhaseEnd => Run(content, message as RunToPhaseEnd),
            Kind.BeginEvaluation => new BeginEvaluation(content.Item(1, (message as BeginEvaluation)?.Branch ?? 0, "branch")),
            Kind.AskSlices => new AskSlices(content.Item(1, (message as AskSlices)?.Whole ?? false, "whole")),
            Kind.PhaseEndReport => Report(content, message as PhaseEndReport),
            Kind.SlicesReport => Slices(content, message as SlicesReport),
            Kind.NodeFailure => new NodeFailure(content.Item(1, (message as NodeFailure)?.Reason ?? "", "reason")),
            Kind.SentActivity => Activity(content, message as SentActivity),
            Kind.StepDecision => Decision(content, message as StepDecision),
            _ => Begin(content, message as BeginRun),
        });
        return read!;
    }

    private static Kind KindOf(NodeMessage message) => message switch
    {
        BeginPhase => Kind.BeginPhase,
        RunToPhaseEnd => Kind.RunToPhaseEnd,
        BeginEvaluation => Kind.BeginEvaluation,
        AskSlices => Kind.AskSlices,
        PhaseEndReport => Kind.PhaseEndReport,
        SlicesReport => Kind.SlicesReport,
        NodeFailure => Kind.NodeFailure,
        SentActivity => Kind.SentActivity,
        StepDecision => Kind.StepDecision,
        BeginRun => Kind.BeginRun,
        _ => throw new ArgumentException($"{message.GetType().Name} has no kind.", nameof(message)),
    };

    private BeginPhase Phase(StateSection state, BeginPhase? message)
    {
        int branch = state.Item(1, message?.Branch ?? 0, "branch");
        ControlSignal stimulus = state.OptionalSignal(2, message?.Program.Stimulus, Lanes, plan.Input.Size)
            ?? throw state.Fault("has no stimulus");
        NudgeSignal? target = state.OptionalSignal(3, message?.Program.Target, Lanes, plan.Output?.Size ?? 0);
        double length = state.Item(4, message?.Program.Length ?? 0, "length");
        List<AppliedIntervention> interventions = AppliedIntervention.Describe(state, 5, message?.Interventions ?? []);
        return new(branch, new PhaseProgram(stimulus, target, length), interventions);
    }

    private static RunToPhaseEnd Run(StateSection state, RunToPhaseEnd? message)
    {
        int branch = state.Item(1, message?.Branch ?? 0, "branch");
        bool answers = state.Item(2, message?.AnswersAtSteps ?? false, "answers");
        bool present = state.Item(3, message?.Present is not null, "present");
        PhaseNumber phase = state.Item(4, message?.Present ?? default, "phase");
        return new(branch, answers, present ? phase : null);
    }

    private PhaseEndReport Report(StateSection state, PhaseEndReport? message)
    {
        int branch = state.Item(1, message?.Branch ?? 0, "branch");
        List<SliceAnswer> answers = [.. message?.Answers ?? []];
        state.VariableList(2, "answers", answers, Answer);
        List<SliceAnswer> atSteps = [.. message?.StepAnswers ?? []];
        state.VariableList(3, "answers at steps", atSteps, Answer);
        List<SliceMoments> moments = [.. message?.Moments ?? []];
        state.VariableList(4, "moments", moments, Moments);
        int notFinite = state.Item(5, message?.NotFinite ?? 0, "not finite");
        string failure = state.Item(6, message?.Failure ?? "", "failure");
        return new(branch, answers, atSteps, moments, notFinite, failure);
    }

    private void Answer(StateSection state, ref SliceAnswer answer)
    {
        int slice = state.Index(1, answer.Slice, plan.Slices.Count);
        PhaseNumber phase = state.Item(2, answer.Phase, "phase");
        float[] values = answer.Values ?? [];
        state.VariableFloats(3, ref values, MostValues);
        answer = new(slice, phase, values);
    }

    private void Moments(StateSection state, ref SliceMoments moments)
    {
        int slice = state.Index(1, moments.Slice, plan.Slices.Count);
        double positive = state.Item(2, moments.Moments.Positive, "positive");
        double negative = state.Item(3, moments.Moments.Negative, "negative");
        moments = new(slice, new(positive, negative));
    }

    private BeginRun Begin(StateSection state, BeginRun? message)
    {
        int self = state.Index(1, message?.Self ?? 0, NodePlaces.MostNodes);
        int[] places = [.. message?.Places ?? new int[plan.Slices.Count]];
        state.List(2, "places", places, static (one, ref node) => node = one.Index(1, node, NodePlaces.MostNodes));
        List<string> peers = [.. message?.Peers ?? []];
        state.VariableList(3, "peers", peers, static (one, ref peer) => peer = one.Item(1, peer ?? "", "path"));
        byte[] bytes = message?.State ?? [];
        state.VariableBytes(4, ref bytes);
        if (self >= peers.Count || places.Any(node => node >= peers.Count))
            throw state.Fault($"names a node that is none of its {peers.Count} peers");
        return new(self, places, peers, bytes);
    }

    private static SlicesReport Slices(StateSection state, SlicesReport? message)
    {
        bool whole = state.Item(1, message?.Whole ?? false, "whole");
        byte[] bytes = message?.State ?? [];
        state.VariableBytes(2, ref bytes);
        return new(whole, bytes);
    }

    private SentActivity Activity(StateSection state, SentActivity? message)
    {
        int branch = state.Item(1, message?.Branch ?? 0, "branch");
        int source = state.Index(2, message?.Signal.Source ?? 0, plan.Slices.Count);
        ActivitySignal signal = state.Signal(3, message?.Signal ?? default, Lanes, Lanes * plan.Slices[source].Values);
        return new(branch, signal);
    }

    private StepDecision Decision(StateSection state, StepDecision? message) => new(
        state.Item(1, message?.Branch ?? 0, "branch"),
        state.Index(2, message?.Slice ?? 0, plan.Slices.Count),
        state.Item(3, message?.Step ?? 0, "step"),
        state.Item(4, message?.Sent ?? false, "sent"));

    private sealed class Item(NodeMessageState messages, NodeMessage? message) : IStateful
    {
        internal NodeMessage? Message { get; private set; } = message;

        public void Describe(StateSection state) => Message = messages.Describe(state, Message);
    }
}
