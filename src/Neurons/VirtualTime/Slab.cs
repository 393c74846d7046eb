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
            if (_used == _values.Length)
            {
                Array.Resize(ref _values, 2 * _used);
                Array.Resize(ref _next, 2 * _used);
            }

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

    /// <summary>Puts another value in the place of each, in the order of <see cref="Values"/>.</summary>
    internal void Replace(Func<T, T> renew)
    {
        for (int place = 0; place < _used; place++)
        {
            if (_next[place] == Occupied)
                _values[place] = renew(_values[place]);
        }
    }

    /// <summary>Writes all places, since events name them by number.</summary>
    internal void Save(BinaryWriter writer, Action<T> write)
    {
        writer.Write(_used);
        writer.Write(_free);
        for (int place = 0; place < _used; place++)
        {
            writer.Write(_next[place]);
            if (_next[place] == Occupied)
                write(_values[place]);
        }
    }

    internal void Restore(BinaryReader reader, Func<T> read)
    {
        _used = reader.ReadInt32();
        _free = reader.ReadInt32();
        _values = new T[Math.Max(64, _used)];
        _next = new int[_values.Length];
        for (int place = 0; place < _used; place++)
        {
            _next[place] = reader.ReadInt32();
            if (_next[place] == Occupied)
                _values[place] = read();
        }
    }
}
