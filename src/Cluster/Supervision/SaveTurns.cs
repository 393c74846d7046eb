namespace Nudge.Supervision;

/// <summary>
/// Lets slices be copied one after the other where their copies are large, and side by side where they are small: what
/// copies take is bounded, however many slices there are and however slow the store is.
/// </summary>
/// <param name="room">Bytes for all copies at a time; a slice that is larger is copied alone.</param>
internal sealed class SaveTurns(long room)
{
    private readonly Queue<(int Slice, long Bytes)> _waiting = [];
    private readonly HashSet<int> _wait = [];
    private readonly Dictionary<int, long> _taken = [];
    private long _takenBytes;

    /// <summary>Whether a slice waits for a turn, or has one.</summary>
    internal bool Knows(int slice) => _taken.ContainsKey(slice) || _wait.Contains(slice);

    /// <summary>Asks for a turn; one that has a turn gets another one after it.</summary>
    internal void Ask(int slice, long bytes)
    {
        if (_wait.Add(slice))
            _waiting.Enqueue((slice, bytes));
    }

    /// <summary>Takes the next turn, if there is room for it.</summary>
    internal bool TryTake(out int slice)
    {
        slice = -1;
        if (!_waiting.TryPeek(out (int Slice, long Bytes) next) || _taken.ContainsKey(next.Slice))
            return false;
        if (_taken.Count > 0 && _takenBytes + next.Bytes > room)
            return false;
        _waiting.Dequeue();
        _wait.Remove(next.Slice);
        _taken.Add(next.Slice, next.Bytes);
        _takenBytes += next.Bytes;
        slice = next.Slice;
        return true;
    }

    /// <summary>Ends a turn; of no effect where there is none.</summary>
    internal void GiveBack(int slice)
    {
        if (_taken.Remove(slice, out long bytes))
            _takenBytes -= bytes;
    }
}
