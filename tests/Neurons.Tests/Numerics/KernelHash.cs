using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Numerics;

/// <summary>One number over the bits that every kernel makes of fixed data.</summary>
internal static partial class KernelHash
{
    private static readonly (int Rows, int Columns, int Lanes)[] Shapes =
        [(1, 1, 1), (10, 77, 3), (70, 130, 1), (300, 45, 20), (33, 9, 7), (150, 20, 70)];

    /// <summary>The hash, in hexadecimal digits.</summary>
    public static string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (rows, columns, lanes) in Shapes)
        {
            AppendMatrixKernels(hash, rows, columns, lanes);
        }

        for (var length = 0; length < 100; length++)
        {
            AppendVectorKernels(hash, length);
        }

        foreach (var (rows, columns, lanes) in Shapes)
        {
            AppendAdam(hash, rows, columns, lanes);
        }

        for (var length = 0; length < 100; length++)
        {
            AppendLearningKernels(hash, length);
        }

        for (var length = 0; length < 100; length++)
        {
            AppendRounding(hash, length);
        }

        for (var length = 0; length < 100; length += 8)
        {
            AppendMemory(hash, length);
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }

    private static void AppendMatrixKernels(IncrementalHash hash, int rows, int columns, int lanes)
    {
        var w = Draws.Matrix(1, rows, columns);
        var u = Draws.Lanes(2, lanes, rows, w.PaddedRows);
        var x = Draws.Vector(3, lanes * columns);
        var (y, v) = (new float[u.Length], new float[x.Length]);
        var (indices, values) = (new int[columns], new float[columns]);
        var count = VectorKernels.ListNonZero(Draws.Sparse(4, columns), indices, values);
        var listed = indices.AsSpan(0, count);
        var entries = values.AsSpan(0, count);

        MatrixKernels.AddOuter(w, u, x, rank: 1);
        MatrixKernels.AddOuter(w, u, x, lanes, keep: 0.9f);
        MatrixKernels.AddOuterSparse(w, u, listed, entries);
        Append(hash, w.Storage);
        MatrixKernels.Multiply(w, x, y, 1);
        Append(hash, y);
        MatrixKernels.Multiply(w, x, y, lanes);
        Append(hash, y);
        MatrixKernels.MultiplyTransposed(w, u, v, lanes);
        Append(hash, v);
        MatrixKernels.MultiplySparse(w, listed, entries, y);
        Append(hash, y);
        MatrixKernels.AddSparse(w, listed, entries, y);
        Append(hash, y);
    }

    private static void AppendVectorKernels(IncrementalHash hash, int length)
    {
        var (a, b) = (Draws.Vector(5, length), Draws.Vector(6, length));
        VectorKernels.AddScaled(b, 0.3f, a);
        VectorKernels.Add(b, a);
        VectorKernels.Scale(a, 1.1f);
        Append(hash, a);
        Append(hash, [VectorKernels.Dot(a, b), VectorKernels.SumOfSquares(a)]);
        VectorKernels.HardSigmoidStep(a, b, 0.3f);
        Append(hash, a);

        VectorKernels.Scale(b, 20f);
        FloatFunctions.Exp(b, a);
        Append(hash, a);
        FloatFunctions.Tanh(b, a);
        Append(hash, a);
        FloatFunctions.Sigmoid(b, a);
        Append(hash, a);
    }

    private static void AppendMemory(IncrementalHash hash, int length)
    {
        var (fast, slow, sum) = (Draws.Vector(10, length), Draws.Vector(11, length), new float[length]);
        VectorKernels.FollowDifference(Draws.Vector(12, length), 0.7f, new(0.3f, 0.05f, 0.2f, 0.25f), fast, slow, sum);
        Append(hash, fast);
        Append(hash, slow);
        Append(hash, sum);
    }

    private static void AppendRounding(IncrementalHash hash, int length)
    {
        var (a, b) = (Draws.Vector(7, length), Draws.Vector(8, length));
        VectorKernels.RoundByChance(new(9, RandomPurpose.WeightRounding, 1), (ulong)length, a, 1f / 16, -0.5f, 0.4375f);
        Append(hash, a);
        VectorKernels.RoundToNearest(b, 1f / 16, -0.5f, 0.4375f);
        Append(hash, b);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> values) =>
        hash.AppendData(MemoryMarshal.AsBytes(values));
}
