namespace Nudge.Runs;

/// <summary>A node cannot make a run that another one may: it lacks the data, or its program is another one.</summary>
public sealed class RunDeclinedException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    public RunDeclinedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public RunDeclinedException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public RunDeclinedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
