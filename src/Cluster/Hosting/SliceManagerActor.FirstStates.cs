using Akka.Actor;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.State;
using Nudge.Store;
using Nudge.Supervision;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <content>
/// Brings the states that slices begin with from the coordinator, where it has weights of its own: one slice after the other, part by
/// part, and each part again until it has come.
/// </content>
internal sealed partial class SliceManagerActor
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);
    private readonly SortedDictionary<int, FirstState> _firstStates = [];

    private sealed class FirstState(Assignment of, SliceRestored empty, int length)
    {
        internal Assignment Of { get; } = of;

        internal SliceRestored Empty { get; } = empty;

        internal byte[] Bytes { get; } = new byte[length];

        internal int Received { get; set; }

        /// <summary>When the next part was asked for, or null where it was not.</summary>
        internal TimeSpan? AskedAt { get; set; }
    }

    private void AskFor(ManagerEffect.AskFirstState ask)
    {
        // A slice at rest has a state of one length, whatever its weights are.
        PopulationSlice drawn = _hosted.Network.CreateSlice(_hosted.Network.Slices[ask.Of.Slice]);
        _firstStates[ask.Of.Slice] = new(ask.Of, ask.Empty, StateBytes.LengthOf(PopulationSlice.StateSubject, drawn));
        AskForNextPart();
    }

    private void AskForNextPart()
    {
        if (_firstStates.Count == 0)
            return;
        FirstState first = _firstStates.First().Value;
        if (first.AskedAt is { } asked && Now - asked < AskAgainAfter)
            return;
        first.AskedAt = Now;
        _supervisor.Tell(new AskStatePart(first.Of.Slice, first.Received, _settings.FrameBytes - FrameSize.Envelope));
    }

    private void TakePart(StatePart part)
    {
        // A part that came twice is another one's answer.
        if (!_firstStates.TryGetValue(part.Slice, out FirstState? first) || part.Offset != first.Received)
            return;
        if (part.Total != first.Bytes.Length || part.Bytes.IsEmpty || part.Bytes.Length > first.Bytes.Length - first.Received)
        {
            _firstStates.Remove(part.Slice);
            Do(new ManagerEvent.NotStarted(
                first.Of, $"the coordinator sent {part.Total} bytes as its first state; expected {first.Bytes.Length}"));
            return;
        }

        part.Bytes.CopyTo(first.Bytes.AsMemory(first.Received));
        first.Received += part.Bytes.Length;
        first.AskedAt = null;
        if (first.Received == first.Bytes.Length)
        {
            _firstStates.Remove(part.Slice);
            Do(new ManagerEvent.FirstStateReceived(first.Of, first.Empty with { State = first.Bytes }));
        }

        AskForNextPart();
    }
}
