using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class AllocationTests
{
    [Fact]
    public void Kernels_allocate_nothing()
    {
        var w = Draws.Matrix(1, 70, 45);
        var (u, x) = (Draws.Lanes(2, 5, 70, w.PaddedRows), Draws.Vector(3, 5 * 45));
        var (y, v) = (new float[u.Length], new float[x.Length]);
        var (first, second) = (new PanelMatrix(70, 45), new PanelMatrix(70, 45));
        var step = AdamStep.Of(0.01f, 0.9f, 0.999f, 1e-8f, keep: 1f, update: 1);
        var key = new RandomKey(4, RandomPurpose.DataSet, 0);
        var (indices, values) = (new int[x.Length], new float[x.Length]);

        void RunAll()
        {
            var count = VectorKernels.ListNonZero(x.AsSpan(0, 45), indices, values);
            var (listed, entries) = (indices.AsMemory(0, count), values.AsMemory(0, count));
            MatrixKernels.Multiply(w, x, y, 1);
            MatrixKernels.Multiply(w, x, y, 5);
            MatrixKernels.MultiplyTransposed(w, u, v, 5);
            MatrixKernels.MultiplySparse(w, listed.Span, entries.Span, y);
            MatrixKernels.AddSparse(w, listed.Span, entries.Span, y);
            MatrixKernels.AddOuter(w, u, x, 1);
            MatrixKernels.AddOuter(w, u, x, 5);
            MatrixKernels.AddOuterSparse(w, u, listed.Span, entries.Span);
            VectorKernels.HardSigmoidStep(v, x, 0.1f);
            VectorKernels.CopyChanged(x, v, indices, values);
            VectorKernels.CopyDetect(x, v);
            VectorKernels.Dot(x, v);
            FloatFunctions.Tanh(x, v);
            MatrixKernels.AddOuterAdam(w, first, second, u, x, 5, step);
            MatrixKernels.SumOfSquares(w);
            VectorKernels.AddAdam(w.Storage, first.Storage, second.Storage, second.Storage, step);
            VectorKernels.SquaredDistance(x, v);
            VectorKernels.RectifyScaled(x, 0.5f, x, v);
            VectorKernels.Bernoulli(key, 0, 3, x, v);
        }

        RunAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
