using Nudge.Bench.Kernels;
using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Bench.Comparisons;

/// <summary>Operations a second of convolutions beside those of dense products with the same lanes, in turn.</summary>
internal static class ConvolutionComparison
{
    private const int Rows = 512;
    private const int Columns = 784;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"Medians, GFLOP/s; ratio to the dense kernel of {Rows}×{Columns} with as many lanes (aim: 0.5).");
        output.WriteLine($"{"",-60}{"windows",10}{"dense",10}{"ratio",8}");
        foreach (var lanes in new[] { 1, 16 })
        {
            Compare(output, "28×28×1 to 12×12×16, kernel 5, stride 2", Shape(28, 1), Shape(12, 16), new() { Kernel = 5, Stride = 2 }, lanes);
            Compare(output, "12×12×16 to 8×8×32, kernel 5", Shape(12, 16), Shape(8, 32), new() { Kernel = 5 }, lanes);
            Compare(output, "12×12×16 to 5×5×32, kernel 3, stride 2", Shape(12, 16), Shape(5, 32), new() { Kernel = 3, Stride = 2 }, lanes);
        }
    }

    private static void Compare(
        TextWriter output, string name, PopulationShape lower, PopulationShape upper, ConvolutionConnect connect, int lanes)
    {
        var dense = new KernelData(Rows, Columns, lanes);
        var forward = new WindowData(lower, upper, connect, isBackward: false, lanes);
        var backward = new WindowData(upper, lower, connect, isBackward: true, lanes);
        var operations = 2.0 * Rows * Columns * lanes;
        var medians = SideBySide.Medians(
        [
            () => MatrixKernels.Multiply(dense.Panels, dense.X, dense.Y, lanes),
            () => MatrixKernels.AddOuter(dense.Panels, dense.U, dense.X, lanes, 0.999f),
            forward.Multiply,
            backward.Multiply,
            forward.AddOuter,
            backward.AddOuter,
        ]);
        double Rate(int contestant, double count) => count / medians[contestant] / 1e3;
        Print("forward", Rate(2, forward.Operations), Rate(0, operations));
        Print("transposed", Rate(3, backward.Operations), Rate(0, operations));
        Print("update", Rate(4, forward.Operations), Rate(1, operations));
        Print("update of the reverse copy", Rate(5, backward.Operations), Rate(1, operations));

        void Print(string what, double ours, double others) => output.WriteLine(
            $"{$"{name}, {lanes} lanes: {what}",-60}{ours,10:F1}{others,10:F1}{ours / others,8:F2}");
    }

    private static PopulationShape Shape(int side, int channels) => new() { Height = side, Width = side, Channels = channels };
}
