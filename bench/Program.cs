using BenchmarkDotNet.Running;
using Nudge.Bench.Comparisons;

if (args.Length > 0 && NamedComparisons.All.TryGetValue(args[0], out var compare))
{
    compare(Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(NamedComparisons).Assembly).Run(args);
}
