using Nudge.Populations;

namespace Nudge.VirtualTime;

/// <summary>
/// Loops that run slices: each slice has a queue of what it is to do, in order, and any loop may take it. The thread that fills
/// the queues is one of them whenever it has to wait.
/// </summary>
internal sealed class SliceLoops
{
    // Enough for every slice to run ahead of the slowest, and few enough for a stop to be quick.
    private const int TasksAheadPerSlice = 64;

    private readonly SliceQueue?[] _queues;
    private readonly LoopWork _work;
    private readonly long _mostOpen;

    /// <param name="slices">The slices, by number; null for those that are run elsewhere.</param>
    /// <param name="lag">Counts steps in an older phase.</param>
    /// <param name="loops">How many loops, the caller's thread among them.</param>
    /// <param name="caller">What the caller's thread does while it waits; null where it sleeps.</param>
    internal SliceLoops(PopulationSlice?[] slices, PhaseLagTally lag, int loops, IServingThread? caller = null)
    {
        _mostOpen = (long)TasksAheadPerSlice * slices.Length;
        _work = new(_mostOpen / 2, loops - 1, caller);
        _queues = [.. slices.Select(slice => slice is null ? null : new SliceQueue(slice, _work, lag))];
    }

    /// <summary>Begins to take work.</summary>
    internal void Start() => _work.Start();

    /// <summary>Adds something for a slice to do; may do some of what is there first.</summary>
    internal void Add(int slice, in SliceTask task)
    {
        if (_work.Open > _mostOpen)
            _work.RunUntil(() => _work.Open <= _mostOpen / 2);
        _queues[slice]!.Add(task);
    }

    /// <summary>Runs slices until a condition holds, or something has failed; <see cref="Wake"/> when it may hold.</summary>
    internal void RunUntil(Func<bool> condition) => _work.RunUntil(condition);

    /// <summary>Has a condition that the caller waits for be looked at again.</summary>
    internal void Wake() => _work.Wake();

    /// <summary>Gives up what is left to do, with an error.</summary>
    internal void Fail(Exception error) => _work.Fail(error);

    /// <summary>Runs slices until nothing is left to do, or something has failed.</summary>
    /// <exception cref="Exception">What a slice has thrown, or <see cref="Fail"/> was given.</exception>
    internal void Finish()
    {
        _work.RunUntil(() => _work.Open == 0);
        _work.Close();
    }
}
