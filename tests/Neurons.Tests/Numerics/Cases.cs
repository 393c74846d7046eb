using CsCheck;

namespace Nudge.Neurons.Tests.Numerics;

/// <summary>A random shape with the seed of its values.</summary>
internal readonly record struct MatrixCase(ulong Seed, int Rows, int Columns, int Lanes);

/// <summary>The shapes over which properties of kernels are tested.</summary>
internal static class Cases
{
    public static readonly Gen<MatrixCase> Matrices = Gen.Select(
        Gen.ULong, Gen.Int[1, 70], Gen.Int[1, 900], Gen.Int[1, 20],
        (seed, rows, columns, lanes) => new MatrixCase(seed, rows, columns, lanes));

    // More than one chunk of the transposed product, and more terms than one pass of the update takes.
    public static readonly Gen<MatrixCase> TallMatrices = Gen.Select(
        Gen.ULong, Gen.Int[100, 400], Gen.Int[1, 40], Gen.Int[1, 150],
        (seed, rows, columns, lanes) => new MatrixCase(seed, rows, columns, lanes));

    // Enough rows for terms that are zero to be left out, and more columns than are listed at once.
    public static readonly Gen<MatrixCase> LargeMatrices = Gen.Select(
        Gen.ULong, Gen.Int[110, 200], Gen.Int[1, 1700], Gen.Int[2, 64],
        (seed, rows, columns, lanes) => new MatrixCase(seed, rows, columns, lanes));

    public static readonly Gen<(ulong Seed, int Length)> Vectors = Gen.Select(Gen.ULong, Gen.Int[0, 300]);
}
