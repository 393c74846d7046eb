namespace Nudge.Randomness;

/// <summary>Random orders.</summary>
public static class Permutation
{
    /// <summary>Shuffles in place (Fisher and Yates), every order being equally likely.</summary>
    /// <param name="values">What to shuffle.</param>
    /// <param name="key">Names the draws.</param>
    public static void Shuffle(Span<int> values, RandomKey key)
    {
        ulong counter = 0;
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Below((uint)i + 1, key, ref counter);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>A whole number below a bound, without bias (Lemire 2019).</summary>
    /// <param name="bound">Greater than 0.</param>
    /// <param name="key">Names the draws.</param>
    /// <param name="counter">The next draw; moves on.</param>
    public static int Below(uint bound, RandomKey key, ref ulong counter)
    {
        while (true)
        {
            ulong product = (ulong)key.Draw(counter++).A * bound;
            // The low word falls into the unfair remainder with probability below bound / 2^32: draw again.
            if ((uint)product >= (0u - bound) % bound)
                return (int)(product >> 32);
        }
    }
}
