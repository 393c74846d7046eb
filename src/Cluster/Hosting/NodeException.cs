namespace Nudge.Hosting;

/// <summary>A cluster did not form, refused a run, or lost a node that a run needs.</summary>
public sealed class NodeException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    public NodeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public NodeException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public NodeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
