using System.Security.Cryptography;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Numerics;

/// <content>The kernels of contrastive learning rules other than equilibrium propagation.</content>
internal static partial class KernelHash
{
    private static void AppendAdam(IncrementalHash hash, int rows, int columns, int lanes)
    {
        var w = Draws.Matrix(7, rows, columns);
        var (first, second) = (new PanelMatrix(rows, columns), new PanelMatrix(rows, columns));
        var post = Draws.Lanes(8, lanes, rows, w.PaddedRows);
        var pre = Draws.Sparse(9, lanes * columns);
        for (var update = 1; update <= 3; update++)
        {
            var step = AdamStep.Of(0.01f, 0.9f, 0.999f, 1e-8f, 0.99f, update);
            MatrixKernels.AddOuterAdam(w, first, second, post, pre, lanes, step);
        }

        Append(hash, w.Storage);
        Append(hash, first.Storage);
        Append(hash, second.Storage);
        Append(hash, [MatrixKernels.SumOfSquares(w)]);
    }

    private static void AppendLearningKernels(IncrementalHash hash, int length)
    {
        var (a, b) = (Draws.Vector(10, length), Draws.Vector(11, length));
        var (first, second) = (new float[length], new float[length]);
        VectorKernels.AddAdam(a, first, second, b, AdamStep.Of(0.1f, 0.8f, 0.99f, 1e-6f, 0.9f, update: 5));
        Append(hash, a);
        Append(hash, first);
        Append(hash, second);
        Append(hash, [VectorKernels.SquaredDistance(a, b), VectorKernels.RectifyScaled(a, 0.7f, b, first)]);
        Append(hash, first);

        var key = new RandomKey(12, RandomPurpose.DataSet, 13);
        VectorKernels.Bernoulli(key, uint.MaxValue - 3UL, firstUnit: length % 7, a, second);
        Append(hash, second);
    }
}
