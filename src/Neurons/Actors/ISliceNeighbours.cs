namespace Nudge.Actors;

/// <summary>
/// Where a slice sends to, as its pacing knows it: targets by their place among <see cref="Neighbours.TargetsOf"/>, all others by
/// the index of their slice.
/// </summary>
internal interface ISliceNeighbours
{
    /// <summary>Whether there are sources that receive none of its activity, and are sent its time instead.</summary>
    bool HasPaced { get; }

    /// <summary>The other node that a target is on: one object for all that are there. Null where it is in this process.</summary>
    object? NodeOf(int target);

    /// <summary>Whether a target is the one that it was before, at the same place.</summary>
    bool IsSame(int target, ISliceNeighbours before);

    /// <summary>Sends to one target.</summary>
    void ToTarget(int target, object message);

    /// <summary>Sends to targets on one other node, at once.</summary>
    void ToNode(IReadOnlyList<int> targets, object message);

    /// <summary>Sends to the sources that receive none of its activity.</summary>
    void ToPaced(object message);

    /// <summary>Sends to those of some slices that are neighbours.</summary>
    void ToSlices(IReadOnlyCollection<int> slices, object message);

    /// <summary>Sends to one slice, if it is a neighbour.</summary>
    void ToSlice(int slice, object message);

    /// <summary>Sends to the coordinator.</summary>
    void ToCoordinator(object message);
}
