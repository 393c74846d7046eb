using Nudge.Bench.Kernels;
using Nudge.Numerics;

namespace Nudge.Bench.Comparisons;

/// <summary>Our kernels and OpenBLAS, in under twenty seconds.</summary>
internal static class KernelComparison
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(OpenBlas.IsPresent ? OpenBlas.Describe() : OpenBlas.HowToInstall);
        output.WriteLine("Medians in µs. Ratio: OpenBLAS (the better of two layouts) / ours; above 1 we are quicker.");
        output.WriteLine($"{"",-34}{"ours",10}{"others",10}{"ratio",8}");
        foreach (var contest in Contests())
        {
            var others = contest.Others;
            var medians = SideBySide.Medians([contest.Ours, .. others]);
            var best = medians.Skip(1).DefaultIfEmpty(double.NaN).Min();
            output.WriteLine($"{contest.Name,-34}{medians[0],10:F3}{best,10:F3}{best / medians[0],8:F2}");
        }
    }

    private static IEnumerable<Contest> Contests() =>
    [
        .. OneLane(512, 784),
        .. OneLane(10, 512),
        .. OneLane(512, 10),
        .. SeveralLanes(512, 784, 8),
        .. SeveralLanes(512, 784, 64),
        .. Functions(512),
    ];

    private static IEnumerable<Contest> OneLane(int rows, int columns)
    {
        var d = new KernelData(rows, columns, 1);
        yield return new Contest(
            $"W·x {rows}×{columns}",
            () => MatrixKernels.Multiply(d.Panels, d.X, d.Y, 1),
            IfPresent(
                () => OpenBlas.Multiply(true, false, rows, columns, d.ByRow, d.X, d.Y),
                () => OpenBlas.Multiply(false, false, rows, columns, d.ByColumn, d.X, d.Y)));
        yield return new Contest(
            $"W·x {rows}×{columns}, 19 % of x",
            () => MatrixKernels.MultiplySparse(d.Panels, d.Indices, d.Values, d.Y),
            IfPresent(
                () => OpenBlas.Multiply(true, false, rows, columns, d.ByRow, d.X, d.Y),
                () => OpenBlas.Multiply(false, false, rows, columns, d.ByColumn, d.X, d.Y)));
        yield return new Contest(
            $"Wᵀ·u {rows}×{columns}",
            () => MatrixKernels.MultiplyTransposed(d.Panels, d.U, d.V, 1),
            IfPresent(
                () => OpenBlas.Multiply(true, true, rows, columns, d.ByRow, d.CompactU, d.V),
                () => OpenBlas.Multiply(false, true, rows, columns, d.ByColumn, d.CompactU, d.V)));
        yield return new Contest(
            $"W += u·xᵀ {rows}×{columns}",
            () => MatrixKernels.AddOuter(d.Panels, d.U, d.X, 1),
            IfPresent(
                () => OpenBlas.AddOuter(true, rows, columns, d.CompactU, d.X, d.ByRow),
                () => OpenBlas.AddOuter(false, rows, columns, d.CompactU, d.X, d.ByColumn)));
    }

    private static IEnumerable<Contest> SeveralLanes(int rows, int columns, int lanes)
    {
        var d = new KernelData(rows, columns, lanes);
        yield return new Contest(
            $"W·X {rows}×{columns}, {lanes} lanes",
            () => MatrixKernels.Multiply(d.Panels, d.X, d.Y, lanes),
            IfPresent(() => OpenBlas.MultiplyLanes(rows, columns, lanes, d.ByRow, d.X, d.Y)));
        yield return new Contest(
            $"Wᵀ·U {rows}×{columns}, {lanes} lanes",
            () => MatrixKernels.MultiplyTransposed(d.Panels, d.U, d.V, lanes),
            IfPresent(() => OpenBlas.MultiplyTransposedLanes(rows, columns, lanes, d.ByRow, d.CompactU, d.V)));
        yield return new Contest(
            $"W += Uᵀ·X {rows}×{columns}, rank {lanes}",
            () => MatrixKernels.AddOuter(d.Panels, d.U, d.X, lanes),
            IfPresent(() => OpenBlas.AddOuterLanes(rows, columns, lanes, d.CompactU, d.X, d.ByRow)));
    }

    private static IEnumerable<Contest> Functions(int length)
    {
        var d = new FunctionData(length);
        yield return new Contest(
            $"exp of {length}, others: MathF", () => FloatFunctions.Exp(d.X, d.Y), () => d.Each(MathF.Exp));
        yield return new Contest(
            $"tanh of {length}, others: MathF", () => FloatFunctions.Tanh(d.X, d.Y), () => d.Each(MathF.Tanh));
        yield return new Contest(
            $"sigmoid of {length}, others: MathF",
            () => FloatFunctions.Sigmoid(d.X, d.Y),
            () => d.Each(x => 1f / (1f + MathF.Exp(-x))));
        yield return new Contest($"step of {length}", () => VectorKernels.HardSigmoidStepDetect(d.Y, d.X, 0.25f));
        yield return new Contest(
            $"copy of {length}, nothing changed",
            () => VectorKernels.CopyChanged(d.X, d.Same, d.Indices, d.Differences));
        yield return new Contest($"copy of {length}, all changed", () =>
        {
            VectorKernels.CopyChanged(d.X, d.Z, d.Indices, d.Differences);
            VectorKernels.CopyChanged(d.Negative, d.Z, d.Indices, d.Differences);
        });
        yield return new Contest($"dot product of {length}", () => VectorKernels.Dot(d.X, d.Negative));
    }

    private static Action[] IfPresent(params Action[] others) => OpenBlas.IsPresent ? others : [];
}
