namespace Nudge.Audit;

/// <summary>A plasticity rule can reach, or touched, what a synapse may not (theory §5). The message names the way.</summary>
public sealed class LocalityException : Exception
{
    /// <summary>Makes the exception with a message that names the way.</summary>
    public LocalityException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public LocalityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public LocalityException()
    {
    }
}
