using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.DataSets;

/// <summary>The random draws of one example, a function of (seed, part of the set, number of the example) alone.</summary>
/// <param name="seed">Seed of the experiment.</param>
/// <param name="part">Which part of the set: training and held-out examples have numbers of their own.</param>
/// <param name="example">Number of the example in its part, from 0.</param>
public struct ExampleDraws(ulong seed, ulong part, int example)
{
    private readonly RandomKey _key = new(seed, RandomPurpose.DataSet, (part << 40) | (uint)example);
    private ulong _draws;

    /// <summary>Uniform on (0, 1).</summary>
    public double Uniform() => _key.Draw(_draws++).First;

    /// <summary>Uniform on (−size, size).</summary>
    /// <param name="size">Half of the width.</param>
    public double Around(double size) => size * ((2 * Uniform()) - 1);

    /// <summary>Standard normal.</summary>
    public double Normal() => Elementary.InverseNormal(Uniform());

    /// <summary>Four bytes' worth of cheap bits.</summary>
    public RandomBlock Block() => _key.Draw(_draws++);
}
