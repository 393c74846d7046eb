using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Stimuli;

/// <summary>The random draws of one example, a function of (seed, part of the set, number of the example) alone.</summary>
internal struct ExampleStream(ulong seed, ulong part, int example)
{
    private readonly RandomKey _key = new(seed, RandomPurpose.DataSet, (part << 40) | (uint)example);
    private ulong _draws;

    /// <summary>Uniform on (0, 1).</summary>
    public double Uniform() => _key.Draw(_draws++).First;

    /// <summary>Uniform on (−size, size).</summary>
    public double Around(double size) => size * ((2 * Uniform()) - 1);

    /// <summary>Standard normal.</summary>
    public double Normal() => Elementary.InverseNormal(Uniform());

    /// <summary>Four bytes' worth of cheap bits.</summary>
    public RandomBlock Block() => _key.Draw(_draws++);
}
