using Nudge.Phases;

namespace Nudge.Variance;

/// <summary>The updates at one b.</summary>
/// <param name="B">Probability of a positive phase.</param>
/// <param name="Phases">Phases measured, all lanes together.</param>
/// <param name="Variance">Trace of the covariance of one phase's update, at learning rate 1.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Spread">σ₊² and σ₋² as measured at this b.</param>
/// <param name="Predicted">σ₊²/b + σ₋²/(1−b) − ‖∇‖².</param>
public sealed record VariancePoint(
    double B, long Phases, double Variance, double Error, SecondMoments Spread, double Predicted);
