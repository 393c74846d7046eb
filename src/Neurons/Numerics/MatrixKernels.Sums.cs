namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    /// <summary>The sum of squares of all weights.</summary>
    /// <remarks>The order is that of <see cref="VectorKernels.Dot"/> over the storage, panel after panel.</remarks>
    /// <param name="w">Weights.</param>
    public static float SumOfSquares(PanelMatrix w)
    {
        ArgumentNullException.ThrowIfNull(w);
        return VectorKernels.SumOfSquares(w.Storage);
    }
}
