using System.Numerics;
using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>A running hash of all that happened: two runs with one hash took the same events in the same order.</summary>
internal struct EventHash : IStateful
{
    internal ulong Value { get; set; }

    internal void Mix(long word) =>
        Value = BitOperations.RotateLeft((Value ^ (ulong)word) * 0x9E3779B97F4A7C15, 29);

    internal void Mix(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            Mix(BitConverter.SingleToInt32Bits(value));
    }

    /// <inheritdoc/>
    public void Describe(StateSection state) => Value = state.Item(1, Value);
}
