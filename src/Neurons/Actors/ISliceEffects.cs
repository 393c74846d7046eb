namespace Nudge.Actors;

/// <summary>When a slice is to step again, as its pacing asks its shell.</summary>
internal interface ISliceEffects
{
    /// <summary>Whether messages to it wait that it has not been told of.</summary>
    bool HasMessages { get; }

    /// <summary>Has <see cref="SlicePacing.OnStep"/> called once it has been told of all messages that are there by now.</summary>
    void StepAfterMessages();

    /// <summary>Has <see cref="SlicePacing.OnStep"/> called once the other slices of its loop have had their turn.</summary>
    void StepAfterOthers();
}
