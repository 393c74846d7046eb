namespace Nudge.Actors;

/// <summary>
/// Takes elements in turn, as many at a time as there is room for, so that what is done for each of them at intervals costs no
/// more where there are many: then each gets its turn less often.
/// </summary>
/// <typeparam name="T">What is taken.</typeparam>
/// <param name="all">All elements, asked for when a round begins.</param>
/// <param name="cost">What one of them takes.</param>
/// <param name="room">What those of one turn may take together, beyond the first.</param>
internal sealed class Rotation<T>(Func<IEnumerable<T>> all, Func<T, long> cost, long room)
{
    private readonly Queue<T> _left = [];

    /// <summary>Takes those whose turn it is; none twice.</summary>
    internal IReadOnlyList<T> Next()
    {
        if (_left.Count == 0)
        {
            foreach (T one in all())
                _left.Enqueue(one);
        }

        var taken = new List<T>();
        for (long sum = 0; _left.TryPeek(out T? next); taken.Add(_left.Dequeue()))
        {
            sum += cost(next);
            if (sum > room && taken.Count > 0)
                break;
        }

        return taken;
    }
}
