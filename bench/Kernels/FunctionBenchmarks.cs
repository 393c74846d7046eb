using BenchmarkDotNet.Attributes;
using Nudge.Numerics;

namespace Nudge.Bench.Kernels;

/// <summary>The work on plain vectors of one population's size.</summary>
[MemoryDiagnoser]
public class FunctionBenchmarks
{
    private FunctionData _data = null!;

    [Params(10, 512, 784)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _data = new FunctionData(Length);

    [Benchmark]
    public void Exp() => FloatFunctions.Exp(_data.X, _data.Y);

    [Benchmark]
    public void Tanh() => FloatFunctions.Tanh(_data.X, _data.Y);

    [Benchmark]
    public void Sigmoid() => FloatFunctions.Sigmoid(_data.X, _data.Y);

    [Benchmark]
    public void StandardTanh() => _data.Each(MathF.Tanh);

    [Benchmark]
    public bool HardSigmoidStep() => VectorKernels.HardSigmoidStepDetect(_data.Y, _data.X, 0.25f);

    [Benchmark]
    public int CopyChanged() => VectorKernels.CopyChanged(_data.X, _data.Same, _data.Indices, _data.Differences);

    [Benchmark]
    public bool CopyDetect() => VectorKernels.CopyDetect(_data.X, _data.Same);

    [Benchmark]
    public int ListNonZero() => VectorKernels.ListNonZero(_data.X, _data.Indices, _data.Differences);

    [Benchmark]
    public float Dot() => VectorKernels.Dot(_data.X, _data.Negative);
}
