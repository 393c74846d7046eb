using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;

namespace Nudge.Links;

/// <summary>
/// Losses in bursts (Gilbert 1960; Elliott 1963): a chain of two states over messages. In the bad state all are lost, in the
/// good one none. It leaves the bad state with probability 1/burst, so that bursts have that mean length, and enters it with
/// rate / (burst·(1 − rate)), so that the mean loss is the rate.
/// </summary>
public sealed record GilbertElliottLoss : LossSettings
{
    /// <summary>Mean share of messages lost.</summary>
    [Range(0, 1)]
    public required double Rate { get; init; }

    /// <summary>Mean number of messages in one burst.</summary>
    [Range(1, 1e6)]
    public double Burst { get; init; } = 10;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanLoss => Rate;

    /// <inheritdoc/>
    public override LossSampler CreateSampler() => new BurstSampler(Rate, Burst);

    /// <inheritdoc/>
    public override void Check(string path, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        base.Check(path, findings);
        double shortest = Rate / (1 - Rate);
        if (Rate < 1 && shortest > Burst)
        {
            findings.Error(
                $"{path}.burst",
                $"bursts of {Burst} messages cannot lose a share of {Rate}; expected at least {shortest:0.###}");
        }
    }

    internal sealed class Law()
        : Definition(
            "gilbert-elliott",
            "A chain of two states over messages: none is lost in the good state, all are lost in the bad one.",
            typeof(GilbertElliottLoss))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class BurstSampler : LossSampler
    {
        private readonly double _leave;
        private readonly double _enter;

        internal BurstSampler(double rate, double burst)
        {
            _leave = rate >= 1 ? 0 : 1 / burst;
            _enter = rate >= 1 ? 1 : rate / (burst * (1 - rate));
            if (_enter > 1)
            {
                throw new ArgumentException(
                    $"Bursts of {burst} messages cannot lose a share of {rate}: longer bursts are needed.");
            }
        }

        public override bool Lose(double uniform)
        {
            InBurst = InBurst ? uniform >= _leave : uniform < _enter;
            return InBurst;
        }
    }
}
