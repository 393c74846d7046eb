using System.Buffers.Binary;
using Nudge.Actors;
using Nudge.Messages;

namespace Nudge.Simulation.World;

/// <summary>
/// Stands for the actor of a slice: steps at intervals while it has neighbours and is not frozen; a step is an update of its state, of
/// which the number is all that counts.
/// </summary>
internal sealed class SimulatedSlice(Assignment of, int incarnation, long updates)
{
    private bool _ended;

    internal Assignment Of { get; } = of;

    internal int Incarnation { get; } = incarnation;

    internal long Updates { get; private set; } = updates;

    internal long Steps { get; private set; }

    internal bool Frozen { get; private set; }

    internal bool Connected { get; set; }

    internal bool Stopped { get; set; }

    /// <summary>When the last of what its manager has sent it arrives.</summary>
    internal TimeSpan ToldAt { get; set; }

    internal bool MaySteps => Connected && !Frozen && !_ended && !Stopped;

    internal void Step()
    {
        Updates++;
        Steps++;
    }

    /// <summary>Takes a message; gives the answer, or null.</summary>
    internal object? Take(object message)
    {
        switch (message)
        {
            case Freeze freeze:
                Frozen = freeze.Frozen;
                return freeze;
            case AskCounters ask:
                return Counters() with { Round = ask.Round };
            case AskSnapshot:
                return new SliceSnapshot(Of.Slice, StateOf(Updates));
            case AskEnd:
                _ended = true;
                return new SliceSnapshot(Of.Slice, StateOf(Updates)) { Counters = Counters() };
            default:
                return null;
        }
    }

    /// <summary>The actor failed and is restarted: it has forgotten what it was told.</summary>
    internal void Restart()
    {
        Frozen = false;
        Connected = false;
    }

    internal static long UpdatesOf(ReadOnlyMemory<byte> state) => state.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(state.Span);

    internal static byte[] StateOf(long updates)
    {
        byte[] state = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(state, updates);
        return state;
    }

    private SliceCounters Counters() => new(Of.Slice, Steps, Steps, 0, default, 0, new(), [], []) { Incarnation = Incarnation };
}
