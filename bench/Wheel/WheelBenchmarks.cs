using BenchmarkDotNet.Attributes;
using Nudge.VirtualTime;

namespace Nudge.Bench.Wheel;

[MemoryDiagnoser]
public class WheelBenchmarks
{
    private readonly TimingWheel _wheel = new();
    private long _number;

    [Params(5, 100_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Pending; i++)
            _wheel.Schedule(new(i * 131 % 32_768, 0, i, i));
    }

    [Benchmark]
    public ScheduledEvent TakeAndSchedule()
    {
        _wheel.TryTakeNext(out ScheduledEvent first);
        _wheel.Schedule(first with { Time = _wheel.Now + 1 + (++_number * 7919 % 32_768) });
        return first;
    }
}
