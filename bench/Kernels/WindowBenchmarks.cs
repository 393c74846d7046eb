using BenchmarkDotNet.Attributes;
using Nudge.Topology;

namespace Nudge.Bench.Kernels;

/// <summary>A convolution of 12×12×16 to 8×8×32 units, kernel 5: forward, transposed, and both updates.</summary>
[MemoryDiagnoser]
public class WindowBenchmarks
{
    private WindowData _forward = null!;
    private WindowData _backward = null!;

    [Params(1, 16)]
    public int Lanes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var connect = new ConvolutionConnect { Kernel = 5 };
        var (lower, upper) = (
            new PopulationShape { Height = 12, Width = 12, Channels = 16 }, new PopulationShape { Height = 8, Width = 8, Channels = 32 });
        _forward = new(lower, upper, connect, isBackward: false, Lanes);
        _backward = new(upper, lower, connect, isBackward: true, Lanes);
    }

    [Benchmark(Baseline = true)]
    public void Multiply() => _forward.Multiply();

    [Benchmark]
    public void MultiplyTransposed() => _backward.Multiply();

    [Benchmark]
    public void AddOuter() => _forward.AddOuter();

    [Benchmark]
    public void AddOuterTransposed() => _backward.AddOuter();
}
