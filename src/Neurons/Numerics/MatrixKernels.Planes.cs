using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Numerics;

// Units of a feature map lie channel after channel, so that a range of channels is a range of units; kernels take sixteen
// channels of one position together. These turn one order into the other, in squares of eight by eight.
public static unsafe partial class MatrixKernels
{
    /// <summary>Turns planes into positions: <c>y[position, i] = x[i, position]</c>; rows that are not there become 0.</summary>
    /// <param name="x"><c>rows · positions</c> values, plane after plane.</param>
    /// <param name="y"><c>positions · 16</c> results.</param>
    /// <param name="rows">Planes, at most 16.</param>
    /// <param name="positions">Values of a plane.</param>
    [MethodImpl(Hot)]
    public static void PlanesToPositions(ReadOnlySpan<float> x, Span<float> y, int rows, int positions)
    {
        RequirePlanes(x.Length, y.Length, rows, positions);
        fixed (float* planes = x, results = y)
        {
            if (rows < PanelRows)
            {
                new Span<float>(results, positions * PanelRows).Clear();
            }

            for (var row = 0; row < rows; row += 8)
            {
                var height = int.Min(8, rows - row);
                var p = 0;
                for (; height == 8 && p <= positions - 8; p += 8)
                {
                    TransposeEight(planes + ((nint)row * positions) + p, positions, results + ((nint)p * PanelRows) + row, PanelRows);
                }

                for (; p < positions; p++)
                {
                    for (var i = row; i < row + height; i++)
                    {
                        results[((nint)p * PanelRows) + i] = planes[((nint)i * positions) + p];
                    }
                }
            }
        }
    }

    /// <summary>Turns positions into planes: <c>y[i, position] = x[position, i]</c>.</summary>
    /// <param name="x"><c>positions · 16</c> values.</param>
    /// <param name="y"><c>rows · positions</c> results, plane after plane.</param>
    /// <param name="rows">Planes, at most 16.</param>
    /// <param name="positions">Values of a plane.</param>
    [MethodImpl(Hot)]
    public static void PositionsToPlanes(ReadOnlySpan<float> x, Span<float> y, int rows, int positions)
    {
        RequirePlanes(y.Length, x.Length, rows, positions);
        fixed (float* values = x, planes = y)
        {
            for (var row = 0; row < rows; row += 8)
            {
                var height = int.Min(8, rows - row);
                var p = 0;
                for (; height == 8 && p <= positions - 8; p += 8)
                {
                    TransposeEight(values + ((nint)p * PanelRows) + row, PanelRows, planes + ((nint)row * positions) + p, positions);
                }

                for (; p < positions; p++)
                {
                    for (var i = row; i < row + height; i++)
                    {
                        planes[((nint)i * positions) + p] = values[((nint)p * PanelRows) + i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEight(float* x, nint rowOfX, float* y, nint rowOfY)
    {
        if (!Avx.IsSupported)
        {
            for (var i = 0; i < 8; i++)
            {
                for (var j = 0; j < 8; j++)
                {
                    y[(j * rowOfY) + i] = x[(i * rowOfX) + j];
                }
            }

            return;
        }

        var (r0, r1) = Unpack(x, x + rowOfX);
        var (r2, r3) = Unpack(x + (2 * rowOfX), x + (3 * rowOfX));
        var (r4, r5) = Unpack(x + (4 * rowOfX), x + (5 * rowOfX));
        var (r6, r7) = Unpack(x + (6 * rowOfX), x + (7 * rowOfX));
        StoreCrossed(Avx.Shuffle(r0, r2, 0x44), Avx.Shuffle(r4, r6, 0x44), y, y + (4 * rowOfY));
        StoreCrossed(Avx.Shuffle(r0, r2, 0xEE), Avx.Shuffle(r4, r6, 0xEE), y + rowOfY, y + (5 * rowOfY));
        StoreCrossed(Avx.Shuffle(r1, r3, 0x44), Avx.Shuffle(r5, r7, 0x44), y + (2 * rowOfY), y + (6 * rowOfY));
        StoreCrossed(Avx.Shuffle(r1, r3, 0xEE), Avx.Shuffle(r5, r7, 0xEE), y + (3 * rowOfY), y + (7 * rowOfY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Unpack(float* first, float* second)
    {
        var (a, b) = (Vector256.Load(first), Vector256.Load(second));
        return (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCrossed(Vector256<float> left, Vector256<float> right, float* low, float* high)
    {
        Vector256.Store(Avx.Permute2x128(left, right, 0x20), low);
        Vector256.Store(Avx.Permute2x128(left, right, 0x31), high);
    }

    private static void RequirePlanes(int planes, int positionsOfSixteen, int rows, int positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, PanelRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(planes, checked(rows * positions));
        ArgumentOutOfRangeException.ThrowIfLessThan(positionsOfSixteen, checked(positions * PanelRows));
    }
}
