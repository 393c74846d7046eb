namespace Nudge.Models;

/// <summary>The class that an output population names.</summary>
public static class Answer
{
    /// <summary>
    /// Outputs that lie no further apart are equal. A unit that leaks keeps e^−t of what a target made of it, so that a network which
    /// sends nothing never comes to rest at 0 exactly; after a question of 12 τ, 6·10⁻⁶ of it are left.
    /// </summary>
    public const float Tolerance = 1e-5f;

    /// <summary>The most active unit. An output that is silent, whose units are all equal, or whose largest are, names none: −1.</summary>
    public static int Of(ReadOnlySpan<float> output)
    {
        int best = 0;
        bool undecided = false;
        float least = output[0];
        for (int i = 1; i < output.Length; i++)
        {
            least = Math.Min(least, output[i]);
            if (output[i] > output[best])
                (best, undecided) = (i, false);
            else if (output[i] == output[best])
                undecided = true;
        }

        bool alike = output.Length > 1 && output[best] - least <= Tolerance;
        return undecided || alike || float.IsNaN(output[best]) ? Curriculum.NoAnswer : best;
    }
}
