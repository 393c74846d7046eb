using Nudge.Numerics;

namespace Nudge.Models.ForwardForward;

/// <summary>What a layer of Forward-Forward multiplies its input by: one over its length (Hinton 2022, §2.1).</summary>
internal static class InputScale
{
    /// <summary>1/‖x‖; a zero input stays zero.</summary>
    internal static float Of(ReadOnlySpan<float> input)
    {
        float squares = VectorKernels.SumOfSquares(input);
        return squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
    }
}
