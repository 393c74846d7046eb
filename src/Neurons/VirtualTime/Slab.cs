using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>Keeps values at fixed places, so that an event can name one by a number; places are used again.</summary>
internal sealed class Slab<T>
{
    private const int Occupied = -2;
    private T[] _values = new T[64];
    private int[] _next = new int[64];
    private int _free = -1;
    private int _used;

    internal int Add(in T value)
    {
        int place = _free;
        if (place >= 0)
        {
            _free = _next[place];
        }
        else
        {
            Reserve(_used);
            place = _used++;
        }

        _values[place] = value;
        _next[place] = Occupied;
        return place;
    }

    internal T Take(int place)
    {
        T value = _values[place];
        _values[place] = default!;
        _next[place] = _free;
        _free = place;
        return value;
    }

    internal IEnumerable<T> Values()
    {
        for (int place = 0; place < _used; place++)
        {
            if (_next[place] == Occupied)
                yield return _values[place];
        }
    }

    /// <summary>Saves or restores all places, since events refer to them by number.</summary>
    /// <param name="state">The section of the slab.</param>
    /// <param name="describe">Describes one value.</param>
    internal void Describe(StateSection state, StateItem<T> describe)
    {
        if (state.IsRestoring)
            (_values, _next) = (new T[64], new int[64]);
        state.Item(1, ref _free);
        _used = state.VariableList(2, "places", _used, place =>
        {
            Reserve(place);
            state.Item(1, ref _next[place]);
            if (_next[place] == Occupied)
                state.Section(2, "value", value => describe(value, ref _values[place]));
        });
        Check(state);
    }

    private void Reserve(int place)
    {
        if (place < _values.Length)
            return;
        Array.Resize(ref _values, 2 * place);
        Array.Resize(ref _next, 2 * place);
    }

    // A free place outside, or one that leads back to itself, would only show much later.
    private void Check(StateSection state)
    {
        if (!state.IsRestoring)
            return;
        int free = 0;
        for (int place = _free; place != -1; place = _next[place])
        {
            if ((uint)place >= (uint)_used || _next[place] == Occupied || ++free > _used)
                throw state.Fault($"has a list of free places that is damaged at {place}");
        }

        if (free + Values().Count() != _used)
            throw state.Fault($"has {_used} places of which some are neither free nor occupied");
    }
}
