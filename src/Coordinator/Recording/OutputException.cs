namespace Nudge.Recording;

/// <summary>Results cannot go where they were asked to go.</summary>
public sealed class OutputException : Exception
{
    private const int Failed = 1;
    private const int BadInput = 2;

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

    /// <summary>What the program should exit with: 2 for a bad request, 1 if the disk failed during a run.</summary>
    public int ExitCode { get; private init; } = BadInput;

    /// <summary>A failure of the disk after the run had begun.</summary>
    internal static OutputException DuringRun(string path, Exception cause) =>
        new($"{path}: cannot be written: {cause.Message}", cause) { ExitCode = Failed };

    /// <summary>Results cannot be written to standard output.</summary>
    /// <param name="reason">The message.</param>
    internal static OutputException OfStandardOutput(string reason) =>
        new(reason) { ExitCode = Failed };

    /// <summary>Whether an exception is the file system's way to refuse.</summary>
    internal static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
