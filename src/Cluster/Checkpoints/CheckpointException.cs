namespace Nudge.Checkpoints;

/// <summary>A checkpoint could not be written or read.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public CheckpointException()
    {
    }
}
