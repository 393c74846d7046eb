namespace Nudge.State;

/// <summary>
/// Something whose state can be saved and restored. One method names every item of the state, for both directions:
/// <code>
/// internal sealed class Trace(int units, Rule rule) : IStateful
/// {
///     private readonly float[] _values = new float[units];
///     private long _updates;
///     private double _decay = 0.9;
///
///     public long Steps { get; private set; }
///
///     public void Describe(StateSection state)
///     {
///         state.Item(1, ref _updates);
///         Steps = state.Item(2, Steps);
///         state.Floats(3, _values);
///         state.Section(4, "rule", rule);
///         // Added later: a state saved before has no tag 5, and the decay then keeps its default.
///         if (state.Has(5))
///             state.Item(5, ref _decay);
///     }
/// }
/// </code>
/// Tags ascend within a section and are never used again for something else. A base class takes the tags below 64, a
/// derived class those from 64, so that both can be extended. Weights, and what only plasticity reads, are left out where
/// <see cref="StateSection.HasWeights"/> is false.
/// </summary>
public interface IStateful
{
    /// <summary>Saves or restores every item, as the section requires.</summary>
    /// <param name="state">The section of this object.</param>
    /// <exception cref="InvalidDataException">The stored state does not fit; parts may be restored.</exception>
    void Describe(StateSection state);
}

/// <summary>Describes an item of a list or an optional value that is no <see cref="IStateful"/>.</summary>
/// <typeparam name="T">Type of the item.</typeparam>
/// <param name="state">The section of the item.</param>
/// <param name="item">Read when saving, set when restoring.</param>
public delegate void StateItem<T>(StateSection state, ref T item);
