namespace Nudge.Wire;

/// <summary>A message of the network would be longer than a node takes, and would be dropped.</summary>
public sealed class FrameTooSmallException : Exception
{
    /// <summary>States what is needed and what there is.</summary>
    public FrameTooSmallException(long needed, long given)
        : this($"the longest message of this network has up to {needed} bytes and a node takes {given}: "
            + "start nodes and run with a larger --frame, or cut populations into smaller slices (granularity)")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public FrameTooSmallException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public FrameTooSmallException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public FrameTooSmallException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
