using BenchmarkDotNet.Attributes;
using Nudge.Numerics;

namespace Nudge.Bench.Kernels;

/// <summary>One stimulus at a time: image to hidden (512 × 784), hidden to label and back.</summary>
[MemoryDiagnoser]
[OpenBlasIfPresent]
public class OneLaneBenchmarks
{
    private KernelData _data = null!;

    [Params("512x784", "10x512", "512x10")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var sizes = Shape.Split('x').Select(int.Parse).ToArray();
        _data = new KernelData(sizes[0], sizes[1], lanes: 1);
    }

    [Benchmark]
    public void Multiply() => MatrixKernels.Multiply(_data.Panels, _data.X, _data.Y, 1);

    [Benchmark]
    public void OpenBlasMultiply() =>
        OpenBlas.Multiply(true, false, _data.Rows, _data.Columns, _data.ByRow, _data.X, _data.Y);

    [Benchmark]
    public void MultiplySparse() =>
        MatrixKernels.MultiplySparse(_data.Panels, _data.Indices, _data.Values, _data.Y);

    [Benchmark]
    public void MultiplyTransposed() => MatrixKernels.MultiplyTransposed(_data.Panels, _data.U, _data.V, 1);

    [Benchmark]
    public void OpenBlasMultiplyTransposed() =>
        OpenBlas.Multiply(true, true, _data.Rows, _data.Columns, _data.ByRow, _data.CompactU, _data.V);

    [Benchmark]
    public void AddOuter() => MatrixKernels.AddOuter(_data.Panels, _data.U, _data.X, 1);

    [Benchmark]
    public void OpenBlasAddOuter() =>
        OpenBlas.AddOuter(true, _data.Rows, _data.Columns, _data.CompactU, _data.X, _data.ByRow);

    [Benchmark]
    public void AddOuterSparse() =>
        MatrixKernels.AddOuterSparse(_data.Panels, _data.U, _data.Indices, _data.Values);
}
