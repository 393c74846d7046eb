namespace Nudge.Links;

/// <summary>
/// The Gilbert–Elliott law (Gilbert 1960; Elliott 1963): a chain of two states over messages. In the bad one all are lost,
/// in the good one none. Leaves the bad state with probability 1/burst, so that bursts have that mean length; enters it
/// with rate / (burst·(1 − rate)), so that the mean loss is the rate.
/// </summary>
internal sealed class BurstLoss
{
    private readonly double _leave;
    private readonly double _enter;

    internal BurstLoss(LossSettings settings)
    {
        _leave = 1 / settings.Burst;
        _enter = settings.Rate >= 1 ? 1 : settings.Rate / (settings.Burst * (1 - settings.Rate));
        if (settings.Rate >= 1)
            _leave = 0;
        if (_enter > 1)
        {
            throw new ArgumentException(
                $"Bursts of {settings.Burst} messages cannot lose a share of {settings.Rate}: longer bursts are needed.");
        }
    }

    internal bool InBurst { get; set; }

    internal bool Lose(double uniform)
    {
        InBurst = InBurst ? uniform >= _leave : uniform < _enter;
        return InBurst;
    }
}
