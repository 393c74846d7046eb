using Akka.Event;

namespace Nudge.Actors;

/// <summary>
/// What Akka prints itself, before its loggers have started and after they have stopped: on standard error, since standard output
/// belongs to results. While a system stops, Akka subscribes this at the log's own level, whatever <c>stdout-loglevel</c> says.
/// </summary>
public sealed class ErrorOutput : MinimalLogger
{
    private const string AkkaNamespace = "Akka";

    /// <summary>The setting by which Akka finds it.</summary>
    internal static string Setting =>
        $"akka.stdout-logger-class = \"{typeof(ErrorOutput).FullName}, {typeof(ErrorOutput).Assembly.GetName().Name}\"";

    /// <summary>An entry of the log in one line: Akka puts whole stack traces into some, whose first line names what happened.</summary>
    /// <param name="entry">The entry.</param>
    public static string Line(LogEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string level = entry.LogLevel() switch
        {
            LogLevel.DebugLevel => "debug",
            LogLevel.InfoLevel => "info",
            LogLevel.WarningLevel => "warning",
            _ => "error",
        };
        string cause = entry.Cause is null ? "" : $" ({entry.Cause.GetType().Name}: {entry.Cause.Message})";
        return $"{level}: {entry.Message.ToString()?.Split('\n')[0]}{cause}";
    }

    /// <summary>
    /// Whether an entry is for users: what this program reports is, and errors of Akka. Its warnings, of connections that are
    /// tried again above all, are for who looks into Akka.
    /// </summary>
    /// <param name="entry">The entry.</param>
    public static bool IsForUsers(LogEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.LogLevel() >= LogLevel.ErrorLevel || !IsOfAkka(entry);
    }

    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is not LogEvent entry)
            Console.Error.WriteLine(message);
        else if (IsForUsers(entry))
            Console.Error.WriteLine(Line(entry));
    }

    private static bool IsOfAkka(LogEvent entry) =>
        entry.LogClass?.Namespace is { } space && (space == AkkaNamespace || space.StartsWith($"{AkkaNamespace}.", StringComparison.Ordinal));
}
