using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nudge.Store;

/// <summary>Explains why a write or a recovery failed.</summary>
internal static class StoreFailure
{
    private const int SqliteConstraint = 19;

    /// <summary>What a slice is told that another incarnation has taken over from.</summary>
    internal const string TakenOver = "another incarnation of the slice has taken over";

    /// <summary>The message that says why.</summary>
    internal static object MessageOf(int slice, Exception cause)
    {
        Exception[] causes = [.. All(cause)];
        return causes.Any(IsConflict)
            ? new SliceFenced(slice, TakenOver)
            : new StoreFailed(slice, $"the store failed: {causes[^1].Message}");
    }

    private static bool IsConflict(Exception cause) => cause
        is SqliteException { SqliteErrorCode: SqliteConstraint }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static IEnumerable<Exception> All(Exception cause)
    {
        yield return cause;
        IEnumerable<Exception> inner = cause is AggregateException many
            ? many.InnerExceptions
            : cause.InnerException is { } one ? [one] : [];
        foreach (Exception below in inner.SelectMany(All))
            yield return below;
    }
}
