using Nudge.Links;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Carries one activity signal to every target of its sender; one object for all of them.</summary>
/// <param name="Signal">What was sent.</param>
/// <param name="Time">The sender's own time, in τ, by which its neighbours keep their distance.</param>
/// <param name="Awake">Whether the sender goes on by itself; none waits for one that does not.</param>
public sealed record ActivityMessage(ActivitySignal Signal, double Time, bool Awake)
{
    /// <summary>
    /// How many messages right before it carried the same activity and phase: whoever received one of them lacks nothing
    /// where this one is lost.
    /// </summary>
    public long Repeats { get; init; }
}

/// <summary>
/// The time of a slice where it sends no activity: to sources that receive none of its own, and to all when it begins to rest.
/// </summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Time">Its own time, in τ.</param>
/// <param name="Awake">Whether it goes on by itself.</param>
public sealed record SliceTime(int Slice, double Time, bool Awake);

/// <summary>What a slice whose answers count reports to the coordinator.</summary>
/// <param name="Source">Index of the slice.</param>
/// <param name="Phase">The phase that it is in.</param>
/// <param name="Frame">lanes × values of each.</param>
public sealed record AnswerMessage(int Source, PhaseNumber Phase, ActivityFrame Frame)
{
    /// <summary>The phase that has ended on the slice's own clock, or none where this answers a step within it.</summary>
    public PhaseNumber Ended { get; init; } = PhaseNumber.None;
}

/// <summary>
/// A receiver on another node has received a sender's activity up to some number, so that the sender may send more.
/// </summary>
/// <param name="Slice">Index of the receiver.</param>
/// <param name="Received">The number of the message received last.</param>
public sealed record Credit(int Slice, long Received);

/// <summary>Carries one signal of the coordinator to one slice.</summary>
/// <param name="Channel">The coordinator's number of the channel.</param>
/// <param name="Number">The channel's count of messages.</param>
/// <param name="Signal">What was sent.</param>
public sealed record ControlMessage(int Channel, long Number, ControlSignal Signal);

/// <summary>Reports to the coordinator that a control message arrived.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Phase">The phase that it announced.</param>
public sealed record Acknowledgement(int Channel, PhaseNumber Phase);

/// <summary>
/// Asks a source that rests for its activity once more, since a link lost it. A source that has sent since then does not
/// answer, so that it sends once for all targets that lost the same message.
/// </summary>
/// <param name="Incarnation">Incarnation of the source that sent what was lost.</param>
/// <param name="Sequence">The number of what was lost.</param>
public sealed record AskActivity(int Incarnation, long Sequence)
{
    /// <summary>Asks for an answer whatever has been sent.</summary>
    public static AskActivity Always { get; } = new(int.MaxValue, long.MaxValue);
}

/// <summary>Makes a slice step once the messages that have arrived by now have been taken in.</summary>
public sealed record StepNow
{
    /// <summary>There is only one.</summary>
    public static StepNow Instance { get; } = new();
}

/// <summary>
/// Activates what has rested since the last one, so that a lost message cannot stop the network for ever.
/// </summary>
public sealed record KeepAlive
{
    // Slices of one process that one keep-alive reaches: with many, each is reached by one of several.
    private const int MostAtOnce = 500;

    /// <summary>There is only one.</summary>
    public static KeepAlive Instance { get; } = new();

    /// <summary>Those that the next keep-alive reaches, in turn.</summary>
    /// <param name="all">All that keep-alives reach.</param>
    internal static Rotation<T> Rotate<T>(Func<IEnumerable<T>> all) => new(all, _ => 1, MostAtOnce);
}

/// <summary>
/// Sent to an output slice when a phase begins, and again until the slice answers that it has ended: on its own clock,
/// after its length.
/// </summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Phase">The phase that began.</param>
/// <param name="Length">How long it lasts, in τ.</param>
/// <param name="EveryStep">Whether the coordinator uses the answer of each step, and not only the last.</param>
public sealed record PhaseMark(int Slice, PhaseNumber Phase, double Length, bool EveryStep);

/// <summary>What a slice reports to the coordinator that seeks the best b, when a phase has ended for it.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Moments">Two scalars, one for each polarity.</param>
public sealed record PhaseReport(int Slice, SecondMoments Moments);

/// <summary>A slice rests, or rests no longer.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Phase">The phase that it is in.</param>
/// <param name="Resting">Whether it rests.</param>
public sealed record RestReport(int Slice, PhaseNumber Phase, bool Resting);

/// <summary>Stops or resumes all steps and sends; messages still arrive. Answered by the same message.</summary>
/// <param name="Frozen">Whether to stop.</param>
public sealed record Freeze(bool Frozen)
{
    /// <summary>In an answer, index of the slice that gives it.</summary>
    public int Slice { get; init; } = -1;

    /// <summary>Which stop or resumption of the run it is, counted by who asks.</summary>
    public long Round { get; init; }
}

/// <summary>
/// Unreachable slices: none waits for them until they send again.
/// </summary>
/// <param name="Slices">Their indices.</param>
public sealed record UnreachableSlices(IReadOnlyList<int> Slices);

/// <summary>Asks a slice for its counters; answered by <see cref="SliceCounters"/>.</summary>
public sealed record AskCounters
{
    /// <summary>Which question it is, counted by who asks; 0 where nobody counts.</summary>
    public long Round { get; init; }
}

/// <summary>Asks a slice or the coordinator for its state; answered by the bytes.</summary>
public sealed record AskState;

/// <summary>
/// Asks a slice for what it would continue from in another incarnation; answered by <see cref="SliceSnapshot"/>.
/// </summary>
public sealed record AskSnapshot;

/// <summary>
/// Ends an incarnation in order: it receives what waits, sends no more and closes its counters in a
/// <see cref="SliceSnapshot"/>.
/// </summary>
public sealed record AskEnd;

/// <summary>What a slice would continue from in another incarnation.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="State">State and record, in a buffer that the manager gives back.</param>
public sealed record SliceSnapshot(int Slice, ReadOnlyMemory<byte> State)
{
    /// <summary>The closed counters of an incarnation that has ended, or null.</summary>
    public SliceCounters? Counters { get; init; }
}

/// <summary>Steps a slice whose steps are scripted; answered by the signal that it then sends.</summary>
/// <param name="Elapsed">Local time since the last step, in τ.</param>
public sealed record ScriptedStep(float Elapsed);

/// <summary>Delivers one activity signal to a slice whose steps are scripted.</summary>
/// <param name="AfferentSlot">Which afferent projection.</param>
/// <param name="SourceSlot">Which of its source slices.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Transit">How long it was under way, in τ.</param>
public sealed record ScriptedActivity(int AfferentSlot, int SourceSlot, ActivitySignal Signal, double Transit);

/// <summary>
/// The counters of one incarnation of a slice: messages are counted from its start, all else from the slice's first
/// start.
/// </summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Sent">Signals that it sent, each along every link that leaves it.</param>
/// <param name="Steps">Steps that it made.</param>
/// <param name="LocalTau">Its local time, in τ.</param>
/// <param name="Learned">What it learned.</param>
/// <param name="Energy">Its share of the network's energy.</param>
/// <param name="Staleness">How old the activity was that it learned from.</param>
/// <param name="Received">Links that arrive at it.</param>
/// <param name="Control">Control channels that arrive at it.</param>
public sealed record SliceCounters(
    int Slice,
    long Sent,
    long Steps,
    double LocalTau,
    LearningTally Learned,
    double Energy,
    StalenessTally Staleness,
    IReadOnlyList<LinkReport> Received,
    IReadOnlyList<LinkReport> Control)
{
    /// <summary>Which incarnation.</summary>
    public int Incarnation { get; init; }

    /// <summary>The question that they answer.</summary>
    public long Round { get; init; }

    /// <summary>How far it is ahead of the neighbour that it would wait for, in τ: at most <c>engine.lag</c>; 0 where it is not.</summary>
    public double Ahead { get; init; }

    /// <summary>What it did not send to targets on other nodes; those without any are left out.</summary>
    public IReadOnlyList<SendWindowCounters> SendWindows { get; init; } = [];
}
