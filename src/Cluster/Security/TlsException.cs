namespace Nudge.Security;

/// <summary>A certificate cannot be used as it is.</summary>
public sealed class TlsException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    public TlsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public TlsException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public TlsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
