using Nudge.Numerics;

namespace Nudge.Models;

/// <summary>ρ and its first two derivatives in double precision (theory §4).</summary>
internal static class ExactActivation
{
    /// <summary>ρ(s).</summary>
    internal static double Value(Activation activation, double state) => activation switch
    {
        Activation.HardSigmoid => Math.Clamp(state, 0, 1),
        Activation.Sigmoid => Logistic.Sigmoid((4 * state) - 2),
        _ => (2 * Logistic.Sigmoid(2 * state)) - 1,
    };

    /// <summary>ρ′(s), from ρ(s); 1 for the hard sigmoid, whose clipping takes its place.</summary>
    internal static double Slope(Activation activation, double activity) => activation switch
    {
        Activation.HardSigmoid => 1,
        Activation.Sigmoid => 4 * activity * (1 - activity),
        _ => 1 - (activity * activity),
    };

    /// <summary>ρ″(s), from ρ(s).</summary>
    internal static double Curvature(Activation activation, double activity) => activation switch
    {
        Activation.HardSigmoid => 0,
        Activation.Sigmoid => 16 * activity * (1 - activity) * (1 - (2 * activity)),
        _ => -2 * activity * (1 - (activity * activity)),
    };
}
