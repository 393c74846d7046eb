using Nudge.Bench.Wire;

namespace Nudge.Bench.Comparisons;

/// <summary>Quick comparisons, run as <c>dotnet run -c Release --project bench -- NAME</c>.</summary>
internal static class NamedComparisons
{
    public static readonly IReadOnlyDictionary<string, Action<TextWriter>> All =
        new Dictionary<string, Action<TextWriter>>
        {
            ["compare-kernels"] = KernelComparison.Run,
            ["compare-convolution"] = ConvolutionComparison.Run,
            ["compare-wheel"] = WheelComparison.Run,
            ["compare-training"] = TrainingComparison.Run,
            ["compare-models"] = ModelComparison.Run,
            ["compare-wire"] = WireComparison.Run,
            ["compare-sweep"] = SweepComparison.Run,
            ["compare-engines"] = EngineComparison.Run,
            ["compare-loops"] = LoopComparison.Run,
            ["compare-watching"] = WatchingComparison.Run,
            [OtherProcess.Command] = OtherProcess.Run,
        };
}
