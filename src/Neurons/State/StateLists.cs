namespace Nudge.State;

/// <summary>
/// Lists of sections, and sections that may be absent. The items of a list are sections with the tags 1, 2, and so
/// on; a fault shows them from 0, as <c>slices[3]</c>.
/// </summary>
public static class StateLists
{
    /// <summary>A list of a fixed number of objects; another stored number is refused.</summary>
    public static void List<T>(this StateSection state, int tag, string name, IReadOnlyList<T> items)
        where T : class, IStateful
    {
        ArgumentNullException.ThrowIfNull(items);
        state.List(tag, name, items.Count, index => items[index].Describe(state));
    }

    /// <summary>A list of a fixed number of values, set in place; another stored number is refused.</summary>
    public static void List<T>(this StateSection state, int tag, string name, T[] items, StateItem<T> describe)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(describe);
        state.List(tag, name, items.Length, index => describe(state, ref items[index]));
    }

    /// <summary>A list of a fixed number of items, described by index; another stored number is refused.</summary>
    public static void List(this StateSection state, int tag, string name, int count, Action<int> describe)
    {
        int stored = Walk(state, tag, name, count, describe, count);
        if (stored < count)
            throw state.Fault(name, $"holds {stored} items where {count} are expected");
    }

    /// <summary>A list of any number of items, which are described by their index.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="name">What a fault calls it.</param>
    /// <param name="count">How many there are; ignored when restoring.</param>
    /// <param name="describe">Describes one item, which has to be made first when restoring.</param>
    /// <returns>How many there are from now on.</returns>
    public static int VariableList(this StateSection state, int tag, string name, int count, Action<int> describe) =>
        Walk(state, tag, name, count, describe, int.MaxValue);

    /// <summary>A list of any number of values; when restoring, those of the list are replaced.</summary>
    public static void VariableList<T>(
        this StateSection state, int tag, string name, List<T> items, StateItem<T> describe)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(describe);
        if (state.IsRestoring)
            items.Clear();
        state.VariableList(tag, name, items.Count, index =>
        {
            T item = state.IsRestoring ? default! : items[index];
            describe(state, ref item);
            if (state.IsRestoring)
                items.Add(item);
        });
    }

    /// <summary>An object that may be absent; gives the one that is there from now on.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="name">What a fault calls it.</param>
    /// <param name="child">The present one.</param>
    /// <param name="create">Makes one to restore, where there is none now.</param>
    public static T? Optional<T>(this StateSection state, int tag, string name, T? child, Func<T> create)
        where T : class, IStateful
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(create);
        if (!state.Present(tag, child is not null, name))
            return null;
        child ??= create();
        state.Section(tag, name, child);
        return child;
    }

    /// <summary>A value that may be absent, in a section of its own; gives the one that holds from now on.</summary>
    public static T? Optional<T>(this StateSection state, int tag, string name, T? value, StateItem<T> describe)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(describe);
        if (!state.Present(tag, value is not null, name))
            return null;
        T item = value ?? default;
        state.Enter(tag, name);
        describe(state, ref item);
        state.Leave();
        return item;
    }

    private static int Walk(StateSection state, int tag, string name, int count, Action<int> describe, int most)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(describe);
        state.Enter(tag, name, StateKind.List);
        int index = 0;
        for (; state.IsRestoring ? state.HasItem(index) : index < count; index++)
        {
            if (index == most)
                throw state.Fault($"holds more items than the {most} that are expected");
            state.Enter(index + 1, null, StateKind.Section, index);
            describe(index);
            state.Leave();
        }

        state.Leave();
        return index;
    }
}
