using BenchmarkDotNet.Attributes;
using Nudge.Numerics;

namespace Nudge.Bench.Kernels;

/// <summary>Steps of Adam beside plain updates, image to hidden (512 × 784).</summary>
[MemoryDiagnoser]
public class AdamBenchmarks
{
    private const int Rows = 512;
    private const int Columns = 784;
    private static readonly AdamStep Step = AdamStep.Of(1e-6f, 0.9f, 0.999f, 1e-8f, keep: 1f, update: 10);

    private readonly PanelMatrix _first = new(Rows, Columns);
    private readonly PanelMatrix _second = new(Rows, Columns);
    private KernelData _data = null!;

    [Params(1, 8, 64)]
    public int Lanes { get; set; }

    [GlobalSetup]
    public void Setup() => _data = new KernelData(Rows, Columns, Lanes);

    [Benchmark]
    public void AddOuterAdam() =>
        MatrixKernels.AddOuterAdam(_data.Panels, _first, _second, _data.U, _data.X, Lanes, Step);

    [Benchmark(Baseline = true)]
    public void AddOuter() => MatrixKernels.AddOuter(_data.Panels, _data.U, _data.X, Lanes);

    [Benchmark]
    public float SumOfSquares() => MatrixKernels.SumOfSquares(_data.Panels);
}
