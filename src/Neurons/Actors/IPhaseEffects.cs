namespace Nudge.Actors;

/// <summary>What the pacing of phases has its shell do.</summary>
internal interface IPhaseEffects
{
    /// <summary>Sends a message to a slice.</summary>
    void ToSlice(int slice, object message);

    /// <summary>Has <see cref="PhasePacing.On(PhaseOver)"/> called after a time.</summary>
    void StartPhaseTimer(PhaseOver over, TimeSpan after);
}
