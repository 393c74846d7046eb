namespace Nudge.DataSets;

/// <summary>A data set cannot be had as asked for; the message names the file and what was expected.</summary>
public sealed class DataException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public DataException()
    {
    }
}
