using Nudge.Randomness;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Numbers spread evenly over an interval around 0, named by a seed.</summary>
internal sealed class Spread(ulong seed)
{
    private readonly RandomKey _key = new(seed, RandomPurpose.DataSet, 0);
    private ulong _drawn;

    public double[] Next(int count, double bound) =>
        [.. Enumerable.Range(0, count).Select(_ => bound * ((2 * _key.Draw(_drawn++).First) - 1))];
}
