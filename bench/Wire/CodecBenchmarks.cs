using BenchmarkDotNet.Attributes;
using Nudge.Actors;
using Nudge.Signals;
using Nudge.Wire;

namespace Nudge.Bench.Wire;

/// <summary>One activity message to bytes and back, as both ends of a link do it.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private Codec _codec = null!;
    private ActivityMessage _message = null!;
    private byte[] _bytes = null!;

    [Params(16, 512, 10_000)]
    public int Values { get; set; }

    [Params(ValueFormat.Exact, ValueFormat.Bfloat16, ValueFormat.Float16)]
    public ValueFormat Format { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _codec = new(Format);
        float[] values = [.. Enumerable.Range(0, Values).Select(i => i / (float)Values)];
        var tag = new PhaseTag(new(0, 70_000), 35_000, [2]);
        _message = new(new(3, 0, 1_000_000, tag, tag.Phase, new(0, 69_999), ActivityFrame.Of(values)), 1_000_000.25, true);
        _bytes = _codec.Write(_message);
    }

    [Benchmark]
    public byte[] Write() => _codec.Write(_message);

    [Benchmark]
    public object Read() => Codec.Read(_bytes, "a");
}
