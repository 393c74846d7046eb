using BenchmarkDotNet.Attributes;
using Nudge.Numerics;

namespace Nudge.Bench.Kernels;

/// <summary>Many stimuli at a time, image to hidden.</summary>
[MemoryDiagnoser]
[OpenBlasIfPresent]
public class SeveralLanesBenchmarks
{
    private const int Rows = 512;
    private const int Columns = 784;

    private KernelData _data = null!;

    [Params(8, 64)]
    public int Lanes { get; set; }

    [GlobalSetup]
    public void Setup() => _data = new KernelData(Rows, Columns, Lanes);

    [Benchmark]
    public void Multiply() => MatrixKernels.Multiply(_data.Panels, _data.X, _data.Y, Lanes);

    [Benchmark]
    public void OpenBlasMultiply() =>
        OpenBlas.MultiplyLanes(Rows, Columns, Lanes, _data.ByRow, _data.X, _data.Y);

    [Benchmark]
    public void MultiplyTransposed() => MatrixKernels.MultiplyTransposed(_data.Panels, _data.U, _data.V, Lanes);

    [Benchmark]
    public void OpenBlasMultiplyTransposed() =>
        OpenBlas.MultiplyTransposedLanes(Rows, Columns, Lanes, _data.ByRow, _data.CompactU, _data.V);

    [Benchmark]
    public void AddOuter() => MatrixKernels.AddOuter(_data.Panels, _data.U, _data.X, Lanes);

    [Benchmark]
    public void OpenBlasAddOuter() =>
        OpenBlas.AddOuterLanes(Rows, Columns, Lanes, _data.CompactU, _data.X, _data.ByRow);
}
