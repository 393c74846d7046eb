namespace Nudge.Numerics;

/// <summary>The activation ρ between a unit's state and the activity that it sends (theory §4).</summary>
public enum Activation
{
    /// <summary>ρ(s) = s with s clipped to [0, 1] and ρ′ = 1. Targets 0 and 1.</summary>
    HardSigmoid,

    /// <summary>ρ(s) = 1 / (1 + e^(2 − 4s)), the smooth companion of the hard one. Targets 0 and 1.</summary>
    Sigmoid,

    /// <summary>ρ(s) = tanh s. Targets −1 and 1.</summary>
    Tanh,
}

/// <summary>ρ and its slope, element by element.</summary>
public static class ActivationFunction
{
    /// <summary>ρ(s).</summary>
    /// <param name="activation">Which ρ.</param>
    /// <param name="state">s.</param>
    /// <param name="activity">Receives ρ(s); may be <paramref name="state"/> itself.</param>
    public static void Apply(Activation activation, ReadOnlySpan<float> state, Span<float> activity)
    {
        switch (activation)
        {
            case Activation.HardSigmoid:
                for (int i = 0; i < state.Length; i++)
                    activity[i] = Math.Clamp(state[i], 0, 1);
                break;
            case Activation.Sigmoid:
                for (int i = 0; i < state.Length; i++)
                    activity[i] = float.FusedMultiplyAdd(4, state[i], -2);
                FloatFunctions.Sigmoid(activity[..state.Length], activity);
                break;
            default:
                FloatFunctions.Tanh(state, activity);
                break;
        }
    }

    /// <summary>ρ′(s), from ρ(s); 1 for the hard sigmoid, whose clipping takes its place.</summary>
    /// <param name="activation">Which ρ.</param>
    /// <param name="activity">ρ(s).</param>
    public static float Slope(Activation activation, float activity) => activation switch
    {
        Activation.Sigmoid => 4 * activity * (1 - activity),
        Activation.Tanh => float.FusedMultiplyAdd(-activity, activity, 1),
        _ => 1,
    };

    /// <summary>The activity that stands for "this class" and for "not this class".</summary>
    public static (float On, float Off) Targets(Activation activation) => activation == Activation.Tanh ? (1, -1) : (1, 0);
}
