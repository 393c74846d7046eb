namespace Nudge.Experiments;

/// <summary>An experiment file cannot be used; every error found in it is listed.</summary>
public sealed class ExperimentException : Exception
{
    /// <summary>Makes the exception from all errors of a file.</summary>
    public ExperimentException(IReadOnlyList<Problem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>Makes the exception with a message for the user.</summary>
    public ExperimentException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public ExperimentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public ExperimentException()
    {
    }

    /// <summary>All that is wrong, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems { get; } = [];
}
