using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;

namespace Nudge.Bench.Kernels;

/// <summary>Leaves out the benchmarks named <c>OpenBlas…</c> where the library is absent.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OpenBlasIfPresentAttribute : Attribute, IConfigSource
{
    public IConfig Config { get; } = Create();

    private static ManualConfig Create()
    {
        var config = ManualConfig.CreateEmpty();
        if (!OpenBlas.IsPresent)
        {
            Console.Error.WriteLine(OpenBlas.HowToInstall);
            config.AddFilter(new SimpleFilter(
                bench => !bench.Descriptor.WorkloadMethod.Name.StartsWith("OpenBlas", StringComparison.Ordinal)));
        }

        return config;
    }
}
