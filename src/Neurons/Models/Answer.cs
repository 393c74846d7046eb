namespace Nudge.Models;

/// <summary>The class that an output population names.</summary>
public static class Answer
{
    /// <summary>The most active unit; the first of equals. An output that is silent or undecided names none: −1.</summary>
    public static int Of(ReadOnlySpan<float> output)
    {
        int best = 0;
        bool undecided = false;
        for (int i = 1; i < output.Length; i++)
        {
            if (output[i] > output[best])
                (best, undecided) = (i, false);
            else if (output[i] == output[best])
                undecided = true;
        }

        return undecided || float.IsNaN(output[best]) ? Curriculum.NoAnswer : best;
    }
}
