using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Gamma variates of scale 1 by rejection (Marsaglia and Tsang 2000).</summary>
internal static class GammaSampler
{
    /// <summary>One variate; each attempt uses the next draw.</summary>
    internal static double Sample(double shape, RandomKey key, ulong draw)
    {
        // Below shape 1: a variate of shape + 1 times u^(1/shape).
        double boost = shape < 1 ? Elementary.Pow(key.Draw(draw).First, 1 / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            RandomBlock block = key.Draw(++draw);
            double x = Elementary.InverseNormal(block.First);
            double v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Elementary.Log(block.Second) < (0.5 * x * x) + d - (d * v) + (d * Elementary.Log(v)))
                return boost * d * v;
        }
    }
}
