namespace Nudge.Populations;

/// <summary>A network's numbers are no longer finite; going on would teach nothing.</summary>
public sealed class NumericalException : Exception
{
    /// <summary>Makes the exception with a message that names population and time.</summary>
    public NumericalException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public NumericalException()
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public NumericalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws if any slice's last step met a number that is not finite.</summary>
    /// <param name="slices">The slices to look at.</param>
    /// <param name="now">The time, in τ.</param>
    public static void ThrowIfNotFinite(ReadOnlySpan<PopulationSlice> slices, double now)
    {
        foreach (PopulationSlice slice in slices)
        {
            if (!slice.IsFinite)
                throw For(slice, now);
        }
    }

    /// <summary>The exception for one slice.</summary>
    public static NumericalException For(PopulationSlice slice, double now)
    {
        ArgumentNullException.ThrowIfNull(slice);
        string time = now.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        return new($"Population {slice.Plan.Name} met a number that is not finite at its step {slice.Steps} (time {time} τ): "
            + "a learning rate is probably too large.");
    }
}
