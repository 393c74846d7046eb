using BenchmarkDotNet.Attributes;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Bench.Kernels;

/// <summary>What the rules beside equilibrium propagation do with a population's vectors.</summary>
[MemoryDiagnoser]
public class LearningBenchmarks
{
    private static readonly RandomKey Key = new(1, RandomPurpose.DataSet, 0);
    private static readonly AdamStep Step = AdamStep.Of(0.001f, 0.9f, 0.999f, 1e-8f, keep: 1f, update: 10);

    private FunctionData _data = null!;
    private float[] _faded = [];
    private float[] _fadedSquares = [];
    private float[] _zeros = [];

    [Params(10, 512, 784)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = new FunctionData(Length);
        (_faded, _fadedSquares, _zeros) = (new float[Length], new float[Length], new float[Length]);
        _faded.AsSpan().Fill(1e-40f);
        _fadedSquares.AsSpan().Fill(1e-40f);
    }

    [Benchmark]
    public void Bernoulli() => VectorKernels.Bernoulli(Key, 0, 0, _data.X, _data.Y);

    [Benchmark]
    public void BernoulliFromUnit3() => VectorKernels.Bernoulli(Key, 0, 3, _data.X, _data.Y);

    [Benchmark]
    public void AddAdam() => VectorKernels.AddAdam(_data.Y, _data.Z, _data.Differences, _data.Negative, Step);

    /// <summary>Of units long silent: their moments have faded into subnormal numbers.</summary>
    [Benchmark]
    public void AddAdamToFadedMoments() => VectorKernels.AddAdam(_data.Y, _faded, _fadedSquares, _zeros, Step);

    [Benchmark]
    public float SquaredDistance() => VectorKernels.SquaredDistance(_data.X, _data.Negative);

    [Benchmark]
    public float RectifyScaled() => VectorKernels.RectifyScaled(_data.X, 0.5f, _data.Same, _data.Y);
}
