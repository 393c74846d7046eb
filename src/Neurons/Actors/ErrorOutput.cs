using Akka.Event;

namespace Nudge.Actors;

/// <summary>
/// What Akka prints itself, before its loggers have started and after they have stopped: on standard error, since standard output
/// belongs to results. While a system stops, Akka subscribes this at the log's own level, whatever <c>stdout-loglevel</c> says.
/// </summary>
public sealed class ErrorOutput : MinimalLogger
{
    /// <summary>The setting by which Akka finds it.</summary>
    internal static string Setting =>
        $"akka.stdout-logger-class = \"{typeof(ErrorOutput).FullName}, {typeof(ErrorOutput).Assembly.GetName().Name}\"";

    /// <summary>An entry of the log in one line: Akka puts whole stack traces into some, whose first line names what happened.</summary>
    /// <param name="entry">The entry.</param>
    public static string Line(LogEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string level = entry.LogLevel() == LogLevel.WarningLevel ? "warning" : "error";
        string cause = entry.Cause is null ? "" : $" ({entry.Cause.GetType().Name}: {entry.Cause.Message})";
        return $"{level}: {entry.Message.ToString()?.Split('\n')[0]}{cause}";
    }

    /// <inheritdoc/>
    protected override void Log(object message) => Console.Error.WriteLine(message is LogEvent entry ? Line(entry) : $"{message}");
}
