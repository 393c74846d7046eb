namespace Nudge.Experiments;

/// <summary>One thing wrong with an experiment file or an override.</summary>
/// <param name="Place"><c>FILE:LINE:COLUMN</c>, or the override.</param>
/// <param name="Path">The setting, as in <c>links.activity.loss.rate</c>.</param>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record Problem(string Place, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Path}: {Message}";
}

/// <summary>An experiment that cannot be run as written.</summary>
public sealed class ExperimentException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">All that is wrong, in the order of the file.</param>
    public ExperimentException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Makes an exception of one message without a place.</summary>
    public ExperimentException(string message)
        : base(message) => Problems = [new("", "", message)];

    /// <summary>Makes an exception of one message and its cause.</summary>
    public ExperimentException(string message, Exception innerException)
        : base(message, innerException) => Problems = [new("", "", message)];

    /// <summary>Makes an exception without a message.</summary>
    public ExperimentException() => Problems = [];

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
