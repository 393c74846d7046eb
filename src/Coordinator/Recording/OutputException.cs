namespace Nudge.Recording;

/// <summary>Results cannot go where they were asked to go.</summary>
public sealed class OutputException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public OutputException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public OutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public OutputException()
    {
    }
}
