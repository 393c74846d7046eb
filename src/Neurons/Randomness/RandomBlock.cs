namespace Nudge.Randomness;

/// <summary>128 random bits as four words.</summary>
/// <param name="A">First word.</param>
/// <param name="B">Second word.</param>
/// <param name="C">Third word.</param>
/// <param name="D">Fourth word.</param>
public readonly record struct RandomBlock(uint A, uint B, uint C, uint D)
{
    /// <summary>A number in (0, 1) with 53 bits, from the first two words.</summary>
    public double First => Open(A, B);

    /// <summary>A number in (0, 1) with 53 bits, from the last two words.</summary>
    public double Second => Open(C, D);

    /// <summary>A number in (0, 1) with 32 bits, from one word.</summary>
    /// <param name="word">0 to 3.</param>
    public double Uniform(int word) => (Word(word) + 0.5) * (1.0 / 4294967296.0);

    /// <summary>One word.</summary>
    /// <param name="word">0 to 3.</param>
    internal uint Word(int word) => word switch { 0 => A, 1 => B, 2 => C, _ => D };

    // The half keeps both ends out, so that a logarithm of it is finite.
    private static double Open(uint high, uint low) =>
        (((((ulong)high << 32) | low) >> 12) + 0.5) * (1.0 / 4503599627370496.0);
}
