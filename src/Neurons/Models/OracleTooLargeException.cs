namespace Nudge.Models;

/// <summary>A model has more states than can be enumerated.</summary>
public sealed class OracleTooLargeException : Exception
{
    /// <summary>Makes the exception with a message that names the size and what to do instead.</summary>
    public OracleTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public OracleTooLargeException()
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public OracleTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static void ThrowIfAbove(int limit, int units, string side)
    {
        if (units > limit)
        {
            throw new OracleTooLargeException($"The exact oracle enumerates {side}, here {units} units; "
                + $"expected at most {limit} (use annealed importance sampling).");
        }
    }
}
