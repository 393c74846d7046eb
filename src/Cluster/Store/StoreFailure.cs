using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nudge.Store;

/// <summary>Explains why a write or a recovery failed.</summary>
internal static class StoreFailure
{
    private const int SqliteConstraint = 19;

    internal static string Reason(Exception cause)
    {
        Exception[] causes = [.. All(cause)];
        return causes.Any(IsConflict)
            ? "another incarnation of the slice has taken over"
            : $"the store failed: {causes[^1].Message}";
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
