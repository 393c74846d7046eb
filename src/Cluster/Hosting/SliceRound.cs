namespace Nudge.Hosting;

/// <summary>
/// One question to all slices that ends when each has answered, however often one of them has to start again
/// before it does.
/// </summary>
internal sealed class SliceRound
{
    private readonly Action<int, SliceRegistry.Place> _ask;
    private readonly Action _answered;
    private readonly HashSet<int> _pending;

    internal SliceRound(
        Action<int, SliceRegistry.Place> ask, IReadOnlyList<SliceRegistry.Place> places, Action answered)
    {
        _ask = ask;
        _answered = answered;
        _pending = [.. Enumerable.Range(0, places.Count)];
        foreach (int slice in _pending.Where(slice => places[slice].IsUp).ToArray())
            ask(slice, places[slice]);
    }

    internal bool IsOver => _pending.Count == 0;

    /// <summary>Asks a slice that has started.</summary>
    internal void Ask(int slice, SliceRegistry.Place place)
    {
        if (_pending.Contains(slice))
            _ask(slice, place);
    }

    internal void Answered(int slice)
    {
        if (_pending.Remove(slice) && IsOver)
            _answered();
    }
}
