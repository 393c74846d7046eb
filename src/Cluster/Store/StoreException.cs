namespace Nudge.Store;

/// <summary>The store of slices cannot be opened. The message holds no secret.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public StoreException()
    {
    }
}
